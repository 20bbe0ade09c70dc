import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodedRecords, type SeenRecord } from '../recording/recording.ts'
import { check } from './check.ts'

const recording = join(import.meta.dirname, 'recorded')

let records: SeenRecord[]
let readAt: number

beforeAll(() => {
  records = [...decodedRecords(join(recording, 'records.bin.gz'), join(recording, 'schemas.json'))]
  readAt = Math.max(...records.map(({ timestamp }) => timestamp)) + 60_000
})

const broken = (changed: readonly SeenRecord[]) =>
  check(changed, readAt)
    .filter(({ violated }) => violated > 0)
    .map(({ name }) => name)

/** Places of a topic's messages, as places in the recording. */
const placesOf = (topic: string) =>
  records.flatMap((record, i) => (record.topic === topic && record.message ? [i] : []))

/** A message from the middle, so that others come before and after it. */
const middleOf = (topic: string) => {
  const places = placesOf(topic)
  return places[Math.floor(places.length / 2)] as number
}

/** Whether the same topic has more about the same order later. */
function isFollowed(place: number): boolean {
  const { topic, key } = records[place] as SeenRecord
  return records.slice(place + 1).some((later) => later.topic === topic && String(later.key) === String(key))
}

const lost = (topic: string) => records.toSpliced(middleOf(topic), 1)

/** The copy stands behind all others, where Kafka would have put it. */
function doubled(topic: string): SeenRecord[] {
  const at = middleOf(topic)
  const record = records[at] as SeenRecord
  const end = records.findLastIndex((one) => one.topic === topic && one.partition === record.partition)
  const offset = (records[end] as SeenRecord).offset + 1
  return records.toSpliced(end + 1, 0, { ...record, offset })
}

/** Two messages of one order change places. */
function reordered(topic: string): SeenRecord[] {
  for (const first of placesOf(topic)) {
    const key = String(records[first]?.key)
    const second = placesOf(topic).find((i) => i > first && String(records[i]?.key) === key)
    if (second === undefined) continue
    const [a, b] = [records[first] as SeenRecord, records[second] as SeenRecord]
    const swap = (into: SeenRecord, from: SeenRecord) => ({
      ...into,
      value: from.value,
      message: from.message,
    })
    return records.with(first, swap(a, b)).with(second, swap(b, a))
  }
  throw new Error(`No order has two messages on ${topic}.`)
}

test('a sound recording breaks no law, and every law has something to look at', () => {
  for (const { name, violations, seen } of check(records, readAt)) {
    expect(violations).toEqual([])
    if (name !== 'dead letters') expect([name, Math.max(...Object.values(seen))]).not.toEqual([name, 0])
  }
})

describe('a lost record is found', () => {
  test.each([
    ['orders.inbound.v1', 'inbound'],
    ['orders.revisions.v1', 'inbound'],
    ['orders.decisions.v1', 'chain'],
    ['desk.commands.v1', 'commands'],
    ['timers.schedule.v1', 'timers'],
    ['timers.fired.v1', 'timers'],
    ['notices.requested.v1', 'notices'],
    ['notices.outcomes.v1', 'notices'],
    ['orders.inbound.v1.dlq', 'inbound'],
    ['audit.entries.v1', 'trail'],
  ])('in %s, by the law of %s', (topic, law) => {
    expect(broken(lost(topic))).toContain(law)
  })

  test('in cases.findings.v1, of the last revision of an order, by the law of chain', () => {
    const last = placesOf('cases.findings.v1').findLast((place) => !isFollowed(place)) as number
    expect(broken(records.toSpliced(last, 1))).toContain('chain')
  })

  test('in cases.events.v1, with others of the order behind it, by its numbers', () => {
    const followed = placesOf('cases.events.v1').find(isFollowed) as number
    expect(broken(records.toSpliced(followed, 1))).toContain('cases.events.v1')
  })
})

describe('a doubled record is found', () => {
  test.each([
    ['orders.revisions.v1', 'orders.revisions.v1'],
    ['cases.findings.v1', 'cases.findings.v1'],
    ['orders.decisions.v1', 'orders.decisions.v1'],
    ['cases.events.v1', 'cases'],
    ['notices.requested.v1', 'notices'],
    ['notices.outcomes.v1', 'notices'],
    ['orders.inbound.v1.dlq', 'inbound'],
    ['audit.entries.v1', 'trail'],
  ])('in %s, by the law of %s', (topic, law) => {
    expect(broken(doubled(topic))).toContain(law)
  })

  test('but an order event that upstream repeats is none', () => {
    expect(broken(doubled('orders.inbound.v1'))).toEqual([])
  })

  test('and a fire that is repeated has no second effect', () => {
    expect(broken(doubled('timers.fired.v1'))).toEqual(['trail'])
  })
})

describe('reordered records of an order are found', () => {
  test.each(['orders.revisions.v1', 'cases.findings.v1', 'orders.decisions.v1', 'cases.events.v1'])(
    'in %s',
    (topic) => {
      expect(broken(reordered(topic))).toContain(topic)
    },
  )
})

/** The recording with other values in the message of one record. */
function changed(topic: string, change: (message: Record<string, unknown>) => object): SeenRecord[] {
  const at = middleOf(topic)
  const record = records[at] as SeenRecord
  const message = record.message as Record<string, unknown>
  return records.with(at, { ...record, message: { ...message, ...change(message) } })
}

/** The recording, and a replay of one of intake's dead letters that nobody has handled. */
function replayed(offset = 0): SeenRecord[] {
  const letter = records[middleOf('orders.inbound.v1.dlq')] as SeenRecord
  const message = {
    ...(letter.message as object),
    letterTopic: letter.topic,
    letterPartition: letter.partition,
    letterOffset: letter.offset + offset,
  }
  const replay = { ...letter, topic: 'desk.replays.v1', offset: 0, message }
  return records.toSpliced(
    records.findIndex(({ topic }) => topic === 'audit.entries.v1'),
    0,
    replay,
  )
}

test('a replay of which nothing came is found, and that the trail knows nothing of it', () => {
  expect(broken(replayed())).toEqual(['inbound', 'trail'])
})

test('a replayed record that was refused again is where it should be', () => {
  const letter = records[middleOf('orders.inbound.v1.dlq')] as SeenRecord
  const end = records.findLastIndex((one) => one.topic === letter.topic && one.partition === letter.partition)
  const again = { ...letter, offset: (records[end] as SeenRecord).offset + 1 }
  const both = replayed()
  expect(broken(both.toSpliced(both.indexOf(records[end] as SeenRecord) + 1, 0, again))).toEqual(['trail'])
})

test('a replay of what was never refused is found', () => {
  expect(broken(replayed(1_000_000))).toContain('dead letters')
})

test('a fire before its due time is found', () => {
  const early = changed('timers.fired.v1', ({ dueAt }) => ({ firedAt: (dueAt as number) - 1 }))
  expect(broken(early)).toEqual(['timers'])
})

test('bytes that changed behind the trail are found', () => {
  const at = middleOf('orders.decisions.v1')
  const record = records[at] as SeenRecord
  const value = Buffer.from(record.value as Buffer)
  value.writeUInt8(value.readUInt8(20) ^ 1, 20)
  expect(broken(records.with(at, { ...record, value }))).toEqual(['trail'])
})

test('a state that is not what the events tell is found', () => {
  const states = placesOf('router.state.v1')
  const at = states.at(-1) as number
  const record = records[at] as SeenRecord
  const message = { ...(record.message as object), eventSequence: 99 }
  expect(broken(records.with(at, { ...record, message }))).toEqual(['state'])
})

test('a stage that proceeds while a case holds it is found', () => {
  const proceeding = changed('orders.decisions.v1', ({ verdicts }) => ({
    verdicts: (verdicts as { stage: string }[]).map(({ stage }) => ({ stage, verdict: 'HOLD' })),
  }))
  expect(broken(proceeding)).toContain('chain')
})
