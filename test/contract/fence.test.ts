import {
  answerTo,
  lineForTest,
  type Place,
  type ProduceLine,
  renew,
  type Territory,
  takeOver,
  WriterForTest,
} from '@holdpoint/chassis/testing/fence'
import { createTopics } from '@holdpoint/chassis/topics'
import { afterEach, expect, test } from 'vitest'
import { type OwnBrokers, startOwnBrokers, until } from '../harness/index.ts'

/**
 * What lanes rest on when brokers fail and when Kafka forgets; services/chassis/src/kafka/log/fence.it.test.ts has the
 * rest. "The earlier owner" has lost its lane and does not know it.
 */
const { signal } = new AbortController()
const fenced = 'INVALID_PRODUCER_EPOCH'
const closingEpoch = 32_767
const forgetAfterMs = 4_000
/** How soon it is noticed that a broker was killed; before that it may not come back either. */
const killedSoon = { 'broker.session.timeout.ms': '2000', 'broker.heartbeat.interval.ms': '500' }

let brokers: OwnBrokers
const lines: ProduceLine[] = []

afterEach(async () => {
  for (const line of lines.splice(0)) line.brokers.close()
  await brokers.stop()
})

interface Lane {
  journal: Place
  output: Place
  territory: Territory
  take: () => Promise<WriterForTest>
  /** Over new connections, by an identity from before. */
  as: (before: Pick<WriterForTest, 'identity'>) => WriterForTest
}

async function newLane(name: string): Promise<Lane> {
  const replicas = brokers.addresses.length
  const specs = topicsOf(name).map((topic) => ({ topic, partitions: 1, replicas, settings: {} }))
  await createTopics(brokers.addresses, specs)
  return connect(name)
}

/** Waits until its partitions are led, by another node than `but`. */
async function connect(name: string, but = ''): Promise<Lane> {
  const [journal, output] = topicsOf(name).map((topic) => ({ topic, partition: 0 })) as [Place, Place]
  const places = [journal, output]
  const line = await until(`${name} is led`, async () => {
    const made = lineForTest(brokers.addresses, topicsOf(name))
    lines.push(made)
    const leaders = await leadersOf(made, places).catch(() => undefined)
    return leaders && !leaders.includes(but) ? made : undefined
  })
  return {
    journal,
    output,
    territory: { brokers: line.brokers, transactionalId: name, places },
    take: async () =>
      new WriterForTest(
        line,
        await takeOver({ brokers: line.brokers, transactionalId: name, places }, signal),
      ),
    as: ({ identity }) => new WriterForTest(line, identity),
  }
}

const topicsOf = (name: string) => [`${name}.journal`, `${name}.output`]

/** Rejects unless each place is served. */
async function leadersOf({ brokers }: ProduceLine, places: readonly Place[]): Promise<string[]> {
  await brokers.offsets(places, 'latest')
  return [...(await brokers.byLeader(places)).keys()]
}

const endsOf = ({ territory: { brokers, places } }: Lane) => brokers.offsets(places, 'latest')

const renewed = async (lane: Lane, { identity }: WriterForTest) =>
  renew(lane.territory, identity, await endsOf(lane), signal)

/** An owner and the one before it, who wrote as well. */
async function ownersOf(lane: Lane): Promise<{ earlier: WriterForTest; owner: WriterForTest }> {
  const earlier = await lane.take()
  await earlier.write(lane.journal)
  return { earlier, owner: await lane.take() }
}

async function expectClosedTo(writer: WriterForTest, { journal, output }: Lane): Promise<void> {
  // Elsewhere than at 0, as the number of somebody who goes on.
  expect(await answerTo(writer.write(journal, { sequence: 1 }))).toBe(fenced)
  expect(await answerTo(writer.write(output, { sequence: 0 }))).toBe(fenced)
}

const batch = ['a', 'b', 'c'].map((value) => ({ key: value, value }))

test('a lane stays closed to its earlier owner when the broker is killed right after, or amid, its taking over', async () => {
  brokers = await startOwnBrokers(1, killedSoon)
  const [written, taken, amid] = [await newLane('written'), await newLane('taken'), await newLane('amid')]
  const first = await ownersOf(written)
  const offset = await first.owner.write(written.journal, { records: batch })
  const half = await amid.take()
  await half.write(amid.journal)
  const second = await ownersOf(taken)
  const begun = await beginFence(amid)
  await brokers.servers.kill('kafka-1')
  await brokers.servers.start('kafka-1')

  const lanes = [await connect('written'), await connect('taken'), await connect('amid')] as const
  await expectClosedTo(lanes[0].as(first.earlier), lanes[0])
  await expectClosedTo(lanes[1].as(second.earlier), lanes[1])
  const owner = lanes[0].as(first.owner)
  expect(await owner.write(written.journal, { records: batch, sequence: 0 })).toBe(offset)
  expect(await owner.write(written.journal, { records: batch, sequence: 3 })).toBe(offset + 3)
  expect(await answerTo(lanes[1].as(second.owner).write(taken.journal))).toBe('taken')
  expect(await nextEpoch(lanes[2])).toBe(begun + 1)
  await expectClosedTo(lanes[2].as(half), lanes[2])
}, 90_000)

/** A taking over up to the moment at which the end of its transaction is answered. Gives its epoch. */
async function beginFence({ territory }: Lane): Promise<number> {
  const { brokers, transactionalId, places } = territory
  const coordinator = await brokers.coordinator(transactionalId)
  const asked = { transactionalId, transactionTimeout: 60_000 }
  const { producerId, producerEpoch } = await coordinator.initProducerId(asked)
  const step = { transactionalId, producerId, producerEpoch }
  const topics = places.map(({ topic, partition }) => ({ topic, partitions: [partition] }))
  await coordinator.addPartitionsToTxn({ ...step, topics })
  await coordinator.endTxn({ ...step, transactionResult: true })
  return producerEpoch
}

/** As the second half of a taking over asks for it. */
const nextEpoch = ({ territory: { brokers, transactionalId } }: Lane) =>
  until('its markers are written', async () => {
    const coordinator = await brokers.coordinator(transactionalId)
    const asked = { transactionalId, transactionTimeout: 60_000 }
    const answer = await coordinator.initProducerId(asked).catch(() => undefined)
    return answer?.producerEpoch
  })

test('a lane stays closed to its earlier owner under a new leader, and its owner goes on there', async () => {
  brokers = await startOwnBrokers(3, killedSoon)
  const lane = await newLane('lane')
  const { earlier, owner } = await ownersOf(lane)
  const offset = await owner.write(lane.journal, { records: batch })
  const [leader] = [...(await lane.territory.brokers.byLeader([lane.journal])).keys()]
  await brokers.servers.kill(`kafka-${leader}`)

  const after = await connect('lane', leader)
  await expectClosedTo(after.as(earlier), after)
  const goesOn = after.as(owner)
  expect(await goesOn.write(lane.journal, { records: batch, sequence: 0 })).toBe(offset)
  expect(await goesOn.write(lane.journal, { records: batch, sequence: 3 })).toBe(offset + 3)
  await until(
    'who coordinates is known',
    async () => (await answerTo(addPartitions(after, earlier))) === fenced,
  )
  const before = await endsOf(after)
  expect(await renewed(after, owner)).toEqual(before.map((end) => end + 1))
  expect((await after.take()).identity).toEqual({ ...owner.identity, epoch: owner.identity.epoch + 2 })
  expect(await answerTo(goesOn.write(lane.journal, { records: batch, sequence: 6 }))).toBe(fenced)
}, 90_000)

const forgetful = {
  'producer.id.expiration.ms': String(forgetAfterMs),
  'producer.id.expiration.check.interval.ms': '100',
  'transactional.id.expiration.ms': String(forgetAfterMs),
  'transaction.remove.expired.transaction.cleanup.interval.ms': '100',
}

test('what Kafka forgets of a lane that is left alone it keeps of one that is renewed', async () => {
  brokers = await startOwnBrokers(1, forgetful)
  // In this order, so that the fence of the first is older than what is forgotten of the second.
  const kept = await newLane('kept')
  const left = await newLane('left')
  const busy = await newLane('busy')
  const ofKept = await ownersOf(kept)
  const ofLeft = await ownersOf(left)
  const ofBusy = await ownersOf(busy)
  await expectClosedTo(ofLeft.earlier, left)

  await until('who wrote is forgotten', async () => {
    await renewed(kept, ofKept.owner)
    await expectClosedTo(ofKept.earlier, kept)
    await ofBusy.owner.write(busy.journal)
    return (await answerTo(ofLeft.earlier.write(left.output))) === 'taken'
  })
  await until('the transactional id is forgotten', async () => {
    await renewed(kept, ofKept.owner)
    await ofBusy.owner.write(busy.journal)
    return (await answerTo(addPartitions(busy, ofBusy.earlier))) === 'INVALID_PRODUCER_ID_MAPPING'
  })
  await expectClosedTo(ofKept.earlier, kept)
  const next = await kept.take()
  expect(next.identity).toEqual({ ...ofKept.owner.identity, epoch: ofKept.owner.identity.epoch + 2 })

  // Writing alone keeps no transactional id: the next owner gets another, and only a closing record ends the first.
  const other = await busy.take()
  expect(other.identity.producerId).not.toBe(ofBusy.owner.identity.producerId)
  expect(await answerTo(ofBusy.owner.write(busy.journal))).toBe('taken')
  await busy.as({ identity: { ...ofBusy.owner.identity, epoch: closingEpoch } }).write(busy.journal)
  expect(await answerTo(ofBusy.owner.write(busy.journal))).toBe(fenced)
  expect(await answerTo(other.write(busy.journal))).toBe('taken')
}, 90_000)

/** Changes nothing when asked by an earlier owner: says whether the transactional id is known. */
async function addPartitions({ territory, journal }: Lane, { identity }: WriterForTest): Promise<void> {
  const { brokers, transactionalId } = territory
  const coordinator = await brokers.coordinator(transactionalId)
  const { producerId, epoch: producerEpoch } = identity
  const topics = [{ topic: journal.topic, partitions: [0] }]
  await coordinator.addPartitionsToTxn({ transactionalId, producerId, producerEpoch, topics })
}
