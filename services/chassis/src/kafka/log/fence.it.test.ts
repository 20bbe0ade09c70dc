import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type TestTopics, topicsForTest } from '../../testing/conformance/topics-for-test.ts'
import type { Place } from '../brokers.ts'
import { type Identity, renew, type Territory, takeOver } from './fence.ts'
import type { ProduceLine } from './produce-line.ts'
import { answerTo, lineForTest, readAs, WriterForTest } from './testing/writer.ts'

const addresses = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []
const { signal } = new AbortController()
const fenced = 'INVALID_PRODUCER_EPOCH'
const closingEpoch = 32_767

/**
 * What lanes rest on and no client does: Kafka has to answer so, or lanes can neither commit nor be taken over safely.
 * Each of these failing with a new version of Kafka means that this version must not be used.
 */
describe('a lane that is fenced without writing by transactions', () => {
  let topics: TestTopics
  let journal: Place
  let output: Place
  let line: ProduceLine
  let territory: Territory
  const lines: ProduceLine[] = []

  beforeEach(async () => {
    await makeTopics()
  })

  afterEach(async () => {
    for (const { brokers } of lines.splice(0)) brokers.close()
    await topics.remove()
  })

  const makeTopics = async (settings: Record<string, string> = {}) => {
    topics = await topicsForTest(addresses, ['journal', 'output'], 2, settings)
    journal = { topic: topics.named('journal'), partition: 0 }
    output = { topic: topics.named('output'), partition: 0 }
    line = newLine()
    territory = territoryOf(line)
    // A broker makes a topic known before it leads its partitions.
    const places = [journal, output].flatMap((place) => [place, { ...place, partition: 1 }])
    await vi.waitFor(() => line.brokers.offsets(places, 'latest'), { timeout: 10_000, interval: 20 })
  }

  const newLine = () => {
    const made = lineForTest(addresses, [topics.named('journal'), topics.named('output')])
    lines.push(made)
    return made
  }

  const territoryOf = ({ brokers }: ProduceLine): Territory => {
    return { brokers, transactionalId: topics.access.clientId, places: [journal, output] }
  }

  const take = async (by = line) => new WriterForTest(by, await takeOver(territoryOf(by), signal))

  /** An owner that has not fenced anything. */
  const begin = async () => {
    const { producerId, producerEpoch: epoch } = await initProducerId()
    return new WriterForTest(line, { producerId, epoch })
  }

  const initProducerId = async () => {
    const { brokers, transactionalId } = territory
    const coordinator = await brokers.coordinator(transactionalId)
    return coordinator.initProducerId({ transactionalId, transactionTimeout: 60_000 })
  }

  const openTransaction = async ({ producerId, epoch }: Identity) => {
    const { brokers, transactionalId } = territory
    const coordinator = await brokers.coordinator(transactionalId)
    await coordinator.addPartitionsToTxn({
      transactionalId,
      producerId,
      producerEpoch: epoch,
      topics: [journal, output].map(({ topic, partition }) => ({ topic, partitions: [partition] })),
    })
  }

  const ends = () => line.brokers.offsets(territory.places, 'latest')

  const leader = async (place: Place) => {
    const [node] = [...(await line.brokers.byLeader([place])).keys()]
    return line.brokers.broker(node as string)
  }

  it('writes plain batches by the identity of a transactional id', async () => {
    const owner = await take()
    await owner.write(journal)
    const { messages } = await readAs('uncommitted', line.brokers, journal)
    const written = messages.filter(({ isControlRecord }) => !isControlRecord)
    const { producerId } = owner.identity
    expect(written.map(({ batchContext }) => batchContext)).toMatchObject([
      { producerId, inTransaction: false },
    ])
  })

  it('could not write a batch of a transaction to a partition that was not added to one', async () => {
    const { producerId, epoch: producerEpoch } = (await take()).identity
    const { transactionalId } = territory
    const broker = await leader(journal)
    const partitions = [{ partition: 0, firstSequence: 0, messages: [{ value: 'x' }] }]
    const topicData = [{ topic: journal.topic, partitions }]
    const request = { transactionalId, producerId, producerEpoch, acks: -1, timeout: 5_000, topicData }
    expect(await answerTo(broker.produce(request))).toBe('INVALID_TXN_STATE')
    expect(await answerTo(broker.produce({ ...request, transactionalId: null }))).toBe('taken')
  })

  it('is not closed to its earlier owner by a new epoch alone', async () => {
    const old = await begin()
    await old.write(journal)
    const next = await begin()
    expect(next.identity).toEqual({ ...old.identity, epoch: old.identity.epoch + 1 })
    expect(await answerTo(old.write(journal))).toBe('taken')
    expect(await answerTo(old.write(output))).toBe('taken')
  })

  it('is closed to its earlier owner once taken over, also where nobody ever wrote', async () => {
    const old = await begin()
    const outside = { ...journal, partition: 1 }
    await old.write(journal)
    const next = await take()
    expect(next.identity).toEqual({ ...old.identity, epoch: old.identity.epoch + 2 })
    expect(await answerTo(old.write(journal))).toBe(fenced)
    expect(await answerTo(old.write(output))).toBe(fenced)
    expect(await answerTo(old.write(outside))).toBe('taken')
    expect(await answerTo(next.write(journal))).toBe('taken')
    expect(await answerTo(next.write(output))).toBe('taken')
  })

  it('is closed to an owner that took it over in the same way, wherever that one wrote', async () => {
    const old = await take()
    await old.write(journal)
    await take()
    expect(await answerTo(old.write(journal))).toBe(fenced)
    expect(await answerTo(old.write(output))).toBe(fenced)
  })

  it('numbers its batches from 0 anew; Kafka knows a repeated one and refuses a gap', async () => {
    const old = await take()
    await old.write(journal, { records: [{ value: 'a' }, { value: 'b' }] })
    const owner = await take()
    expect(await answerTo(owner.write(journal, { sequence: 2 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(await answerTo(owner.write(output, { sequence: 5 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    const records = [{ value: 'a' }, { value: 'b' }, { value: 'c' }]
    const first = await owner.write(journal, { records, sequence: 0 })
    expect(await owner.write(journal, { records, sequence: 0 })).toBe(first)
    expect(await owner.write(journal, { records, sequence: 3 })).toBe(first + 3)
    expect(await owner.write(journal, { records, sequence: 3 })).toBe(first + 3)
    expect(await answerTo(owner.write(journal, { sequence: 7 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect((await ends())[0]).toBe(first + 6)
  })

  it('has one owner at most when two take it over at once', async () => {
    const other = newLine()
    for (let round = 0; round < 12; round++) {
      const owners = await Promise.allSettled([take(line), take(other)])
      const writes = owners.map(async (owner) =>
        owner.status === 'fulfilled' ? answerTo(owner.value.write(journal)) : 'no owner',
      )
      const answers = await Promise.all(writes)
      expect(answers.filter((answer) => answer === 'taken').length, answers.join()).toBeLessThan(2)
    }
    expect(await answerTo((await take()).write(journal))).toBe('taken')
  })

  it('gets nothing from its earlier owner once taken over, not even what was under way', async () => {
    for (let round = 0; round < 5; round++) {
      const old = await take(newLine())
      const [start] = await ends()
      let isTaken = false
      const writing = async () => {
        while (!isTaken) await old.write(journal)
        await old.write(journal)
      }
      const answer = answerTo(writing())
      await vi.waitFor(async () => expect((await ends())[0]).toBeGreaterThan(start as number))
      await take()
      const [end] = await ends()
      isTaken = true
      expect(await answer).toBe(fenced)
      expect((await ends())[0]).toBe(end)
    }
  })

  it('is renewed by one marker in each partition, with the same identity and sequence', async () => {
    const owner = await take()
    await owner.write(journal)
    const before = await ends()
    const after = await renew(territory, owner.identity, before, signal)
    expect(after).toEqual(before.map((end) => end + 1))
    expect(await owner.write(journal)).toBe(after[0])
    expect(await owner.write(output)).toBe(after[1])
    expect(await answerTo(owner.write(output, { sequence: 5 }))).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })

  it('is not renewed by an owner that lost it', async () => {
    const old = await take()
    const owner = await take()
    const before = await ends()
    expect(await answerTo(renew(territory, old.identity, before, signal))).toBe(fenced)
    expect(await ends()).toEqual(before)
    expect(await answerTo(owner.write(journal))).toBe('taken')
  })

  it('closes an id for good by one record with the last epoch', async () => {
    const old = await take()
    await old.write(journal)
    const closing = new WriterForTest(line, { ...old.identity, epoch: closingEpoch })
    await closing.write(journal)
    expect(await answerTo(old.write(journal))).toBe(fenced)
    expect(await answerTo(old.write(output))).toBe('taken')
  })

  it('keeps what matters when it is compacted, and stays closed', async () => {
    await topics.remove()
    await makeTopics({
      'cleanup.policy': 'compact',
      'min.cleanable.dirty.ratio': '0.01',
      'segment.ms': '100',
      'delete.retention.ms': '0',
    })
    const old = await take()
    await old.write(journal, { records: [{ key: 'once', value: '0' }] })
    const owner = await take()
    const write = (n: number) =>
      owner.write(journal, {
        records: ['state', `batch-${n % 2}`].map((key) => ({ key, value: String(n) })),
      })
    const first = await write(0)
    let last = 0
    const isThere = (offset: number) => (message: { offset: string }) => Number(message.offset) === offset
    const compacted = async () => {
      await write(++last)
      const { messages } = await readAs('committed', line.brokers, journal)
      expect(messages.some(isThere(first))).toBe(false)
      return messages
    }
    const messages = await vi.waitFor(compacted, { timeout: 50_000, interval: 200 })
    const values = new Map(messages.map(({ key, value }) => [key?.toString(), value?.toString()]))
    expect(values.get('once')).toBe('0')
    expect(values.get('state')).toBe(String(last))
    expect([values.get(`batch-${(last - 1) % 2}`), values.get(`batch-${last % 2}`)]).toEqual([
      String(last - 1),
      String(last),
    ])
    expect(await answerTo(old.write(journal))).toBe(fenced)
    expect(await answerTo(old.write(output))).toBe(fenced)
    expect(await answerTo(write(last + 1))).toBe('taken')
  })

  it('shows readers of committed records what it shows others, and nothing of its markers', async () => {
    const owner = await take()
    await owner.write(journal, { records: [{ value: 'a' }, { value: 'b' }] })
    await renew(territory, owner.identity, await ends(), signal)
    await owner.write(journal, { records: [{ value: 'c' }] })
    for (const level of ['uncommitted', 'committed'] as const) {
      const { messages, aborted } = await readAs(level, line.brokers, journal)
      const seen = messages.filter(({ isControlRecord }) => !isControlRecord)
      expect(seen.map(({ value }) => value?.toString())).toEqual(['a', 'b', 'c'])
      expect(messages.length - seen.length).toBe(2)
      expect(aborted).toEqual([])
    }
  })

  it('loses and hides no record when its owner dies amid a fence', async () => {
    const dead = await take()
    await dead.write(journal, { records: [{ value: 'a' }] })
    await openTransaction(dead.identity)
    await dead.write(journal, { records: [{ value: 'b' }] })
    const values = async () => {
      const { messages, aborted } = await readAs('committed', line.brokers, journal)
      expect(aborted).toEqual([])
      return messages.flatMap(({ isControlRecord, value }) => (isControlRecord ? [] : [value?.toString()]))
    }
    expect(await values()).toEqual(['a', 'b'])
    const owner = await take()
    expect(await answerTo(dead.write(journal))).toBe(fenced)
    await owner.write(journal, { records: [{ value: 'c' }] })
    expect(await values()).toEqual(['a', 'b', 'c'])
  })
})
