import { beforeAll, expect, test } from 'vitest'
import { expectedOf, grow, NoCheckpoints, readPins, writePins } from './pins.ts'
import { now } from './testing/command.ts'
import { asTrail, type Input, knownOf, type TestTrail, testKey, writeTrail } from './testing/trail.ts'
import { verify } from './verify.ts'

const batch: Input[] = [
  ['desk.commands.v1', 'O-1'],
  ['desk.commands.v1', 'O-2'],
  ['desk.commands.v1', 'O-3'],
  ['desk.commands.v1', 'O-4'],
]
let trail: TestTrail
beforeAll(async () => {
  trail = await writeTrail([batch, batch, batch])
})

const minutes = 60_000
const look = (of: Partial<TestTrail>, more = {}) =>
  verify(asTrail({ ...trail, ...of }), { now, atRest: true, expected: knownOf(trail), ...more })
const unjudged = (report: Awaited<ReturnType<typeof look>>) => report.unjudged.map(({ code }) => code)

test('without a key and an earlier checkpoint a sound trail is not proved, and what is missing is said', async () => {
  const report = await look({}, { expected: undefined })
  expect(report).toMatchObject({ verdict: 'UNJUDGED', ok: false, findings: [] })
  expect(unjudged(report)).toEqual(['KEYS_UNKNOWN', 'ENDS_UNKNOWN'])
  expect(report.unjudged[0]?.message).toContain(testKey.keyId)
  expect(unjudged(await look({}, { expected: { keys: [testKey.keyId] } }))).toEqual(['ENDS_UNKNOWN'])
})

test('a trail without anything in it is not proved', async () => {
  const nothing = { checkpoints: [], entries: [], records: [] }
  expect(unjudged(await look(nothing, { expected: { keys: [testKey.keyId] } }))).toContain('NOTHING_THERE')
  const { verdict, findings } = await look(nothing)
  expect([verdict, findings.map(({ code }) => code)]).toEqual(['BROKEN', ['CHAIN_MISSING', 'CHAIN_MISSING']])
})

test('records that wait for their entry for minutes are no success, those of a moment ago are', async () => {
  const checkpoints = trail.checkpoints.slice(0, -2)
  const signedUpTo = new Map(checkpoints.map(({ partition, sequence }) => [partition, sequence]))
  const isSigned = ({ partition, sequence }: TestTrail['entries'][0]) =>
    sequence <= (signedUpTo.get(partition) ?? 0)
  const shorter = { entries: trail.entries.filter(isSigned), checkpoints }
  const expected = knownOf({ ...trail, ...shorter })
  const running = { atRest: false, expected }
  const lastAt = Math.max(...trail.records.map(({ timestamp }) => timestamp))
  expect((await look(shorter, { ...running, now: lastAt + minutes })).verdict).toBe('PROVED')
  const later = await look(shorter, { ...running, now: lastAt + 20 * minutes })
  expect([later.verdict, unjudged(later)]).toEqual(['UNJUDGED', ['BEHIND']])
})

test('of a running system the signature of entries may come a moment later, and no more', async () => {
  const checkpoints = trail.checkpoints.slice(0, -1)
  const running = { atRest: false, expected: knownOf({ ...trail, checkpoints }) }
  const writtenAt = trail.entries.at(-1)?.at ?? 0
  expect((await look({ checkpoints }, { ...running, now: writtenAt })).verdict).toBe('PROVED')
  const { findings } = await look({ checkpoints }, { ...running, now: writtenAt + 20 * minutes })
  expect(findings.map(({ code }) => code)).toEqual(['UNSIGNED'])
})

test('what others wrote to the topics of the trail is named, and the trail goes on', async () => {
  const { checkpoints, entries, records } = asTrail(trail)
  const foreign = { where: 'audit.entries.v1, partition 1, offset 7', problem: 'It has no value.' }
  async function* among() {
    yield { ...foreign, isForeign: true }
    yield* entries
  }
  const options = { now, atRest: true, expected: knownOf(trail) }
  const report = await verify({ checkpoints, entries: among(), ...(records ? { records } : {}) }, options)
  expect(report).toMatchObject({ verdict: 'PROVED', foreign: [foreign] })
})

test('pins are read as they were written, and grow with the trail', async () => {
  const half = { ...trail, entries: trail.entries.slice(0, 3), checkpoints: trail.checkpoints.slice(0, 2) }
  const first = grow(undefined, await look(half, { expected: undefined }))
  const again = readPins(writePins(first), 'pins.json')
  expect(again).toEqual(first)
  const grown = grow(again, await look({}, { expected: expectedOf(again, 'pins.json') }))
  expect(grown.checkpoints).toEqual(
    knownOf(trail)
      .known.map(({ checkpoint }) => checkpoint)
      .toSorted((a, b) => a.partition - b.partition),
  )
  expect(grow(grown, await look(half, { expected: undefined }))).toEqual(grown)
})

test('pins that were changed, or hold nothing, are refused', () => {
  const pins = { keys: [testKey.keyId], checkpoints: trail.checkpoints.slice(-1) }
  const changed = writePins(pins).replace(/"sequence": \d+/, '"sequence": 1')
  expect(() => readPins(changed, 'pins.json')).toThrow(/pins\.json.*not as it was signed/)
  expect(() => readPins('{}', 'pins.json')).toThrow(NoCheckpoints)
})

const earlierOf = (checkpoints: number) => {
  const signed = trail.checkpoints.toSorted((a, b) => a.at - b.at).slice(0, checkpoints)
  return { onlyNew: true, expected: knownOf({ ...trail, checkpoints: signed }) }
}

test('what was proved before need not be looked at again: each chain goes on behind what is known of it', async () => {
  for (let checkpoints = 1; checkpoints <= trail.checkpoints.length; checkpoints++) {
    const held = earlierOf(checkpoints)
    const upTo = new Map(
      held.expected.known.map(({ checkpoint: { partition, sequence } }) => [partition, sequence]),
    )
    const looked = trail.entries.filter(({ partition, sequence }) => sequence > (upTo.get(partition) ?? 0))
    const report = await look({}, held)
    expect(report).toMatchObject({ verdict: 'PROVED', records: { verified: looked.length, awaiting: 0 } })
    expect(report.chains.reduce((sum, { entries }) => sum + entries, 0)).toBe(looked.length)
    expect(grow(undefined, report).checkpoints).toEqual(grow(undefined, await look({})).checkpoints)
  }
})

test('each alteration behind what is known is found without looking at what is before', async () => {
  const held = earlierOf(2)
  const upTo = new Map(
    held.expected.known.map(({ checkpoint: { partition, sequence } }) => [partition, sequence]),
  )
  const verdict = async (of: Partial<TestTrail>) => (await look(of, held)).verdict
  for (const [i, entry] of trail.entries.entries()) {
    if (entry.sequence <= (upTo.get(entry.partition) ?? 0)) continue
    expect(await verdict({ entries: trail.entries.toSpliced(i, 1) })).toBe('BROKEN')
    expect(await verdict({ entries: trail.entries.with(i, { ...entry, sequence: 1 }) })).toBe('BROKEN')
    expect(await verdict({ entries: trail.entries.with(i, { ...entry, why: 'x' }) })).toBe('BROKEN')
    const isOther = (record: TestTrail['records'][0]) =>
      record.offset !== entry.firstOffset || record.partition !== entry.recordPartition
    expect(await verdict({ records: trail.records.filter(isOther) })).toBe('BROKEN')
  }
})
