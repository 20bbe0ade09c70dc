import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { append, emptyChain } from './chain.ts'
import { signer } from './checkpoint.ts'
import { cover } from './cover.ts'
import { openSpill } from './edge/spill.ts'
import type { FindingCode } from './report.ts'
import type { Blocks } from './rows.ts'
import { now } from './testing/command.ts'
import {
  asTrail,
  type Input,
  knownOf,
  laneRecord,
  type TestTrail,
  testKey,
  writeTrail,
} from './testing/trail.ts'
import type { CoveredRecord } from './trail.ts'
import { verify } from './verify.ts'

const check = (looked: TestTrail, more = {}) =>
  verify(asTrail(looked), { now, atRest: true, expected: knownOf(trail), ...more })
/** Nothing is known of these trails beforehand. */
const unknown = { expected: undefined }
const codes = async (trail: TestTrail, more = {}) =>
  (await check(trail, more)).findings.map(({ code }) => code)

const inputs: Input[][] = [
  [
    ['desk.commands.v1', 'O-1'],
    ['orders.revisions.v1', 'O-1'],
    ['orders.revisions.v1', 'O-1'],
  ],
  [
    ['desk.commands.v1', 'O-1'],
    ['orders.corrections.v1', 'O-1'],
  ],
  [['desk.commands.v1', 'O-1']],
]
let trail: TestTrail

beforeAll(async () => {
  trail = await writeTrail(inputs)
})

const tampered = (change: (copy: TestTrail) => void): TestTrail => {
  const copy = structuredClone(trail)
  change(copy)
  return copy
}

test('an untouched trail is proved, and the report says what was looked at', async () => {
  const report = await check(trail)
  expect(report.findings).toEqual([])
  expect(report).toMatchObject({ ok: true, verdict: 'PROVED', unjudged: [], foreign: [] })
  expect(report.records).toEqual({ verified: 6, gone: 0, awaiting: 0 })
  expect(report.chains).toMatchObject([
    { entries: 5, checkpoints: 3, signedUpTo: 5, head: trail.entries[4]?.entryHash },
  ])
  expect(report.keyIds).toEqual([testKey.keyId])
})

test('what has to be remembered of each entry is put aside and found again, however long the trail is', async () => {
  const long = await writeTrail([
    Array.from({ length: 700 }, (_, i): Input => ['desk.commands.v1', `O-${i}`]),
  ])
  const options = { now, atRest: true, expected: knownOf(long) }
  const spill = openSpill()
  let kept = 0
  const blocks: Blocks = {
    ...spill.blocks,
    keep(bytes) {
      kept += bytes.length
      return spill.blocks.keep(bytes)
    },
  }
  expect((await verify(asTrail(long), { ...options, blocks })).records).toMatchObject({ verified: 700 })
  // Of each partition the block that is being filled is in memory, and no more.
  const rowBytes = 80
  expect(kept).toBeGreaterThanOrEqual((700 - 2 * 256) * rowBytes)
  const [record] = long.records.slice(5)
  Object.assign(record as object, { valueBytes: Buffer.from('other') })
  const findings = (await verify(asTrail(long), { ...options, blocks })).findings
  expect(findings).toEqual((await verify(asTrail(long), options)).findings)
  expect(findings).toMatchObject([{ code: 'RECORD_CHANGED' }])
  spill.close()
})

test('an edited entry is named', async () => {
  const report = await check(
    tampered(({ entries }) => Object.assign(entries[3] as object, { why: 'Another reason' })),
  )
  expect(report.findings).toMatchObject([
    { code: 'EDITED', entry: { partition: trail.entries[0]?.partition, sequence: 4 } },
  ])
})

test.each<[string, FindingCode, (copy: TestTrail) => void]>([
  ['deleted entry', 'DELETED', ({ entries }) => entries.splice(1, 1)],
  [
    'repeated entry',
    'OUT_OF_ORDER',
    ({ entries }) => entries.splice(2, 0, structuredClone(entries[0]) as never),
  ],
  [
    'swapped pair of entries',
    'OUT_OF_ORDER',
    ({ entries }) => entries.splice(1, 2, entries[2] as never, entries[1] as never),
  ],
  ['cut end of a chain', 'TRUNCATED', ({ entries }) => entries.pop()],
  [
    'cut end of chain and checkpoints',
    'TRUNCATED',
    ({ entries, checkpoints }) => [entries.pop(), checkpoints.pop()],
  ],
  ['lost last checkpoint', 'UNSIGNED', ({ checkpoints }) => checkpoints.pop()],
  [
    'edited checkpoint',
    'BAD_SIGNATURE',
    ({ checkpoints }) => Object.assign(checkpoints[1] as object, { at: 1 }),
  ],
  ['changed record', 'RECORD_CHANGED', ({ records }) => records[0]?.valueBytes?.fill(1)],
  ['lost record', 'RECORD_MISSING', ({ records }) => records.splice(2, 1)],
  [
    'record that nobody covered',
    'RECORD_UNCOVERED',
    ({ records }) => records.push({ ...(records.at(-1) as CoveredRecord), offset: 99 }),
  ],
])('a %s is found', async (_what, code, change) => {
  expect(await codes(tampered(change))).toContain(code)
})

test('a chain that was written anew from an edited entry on is not the one that was signed', async () => {
  const rewritten = tampered(({ entries }) => {
    const { partition } = entries[0] as { partition: number }
    const drafts = entries.map((entry) => ({ ...entry, who: 'somebody else' }))
    entries.splice(0, entries.length, ...append(emptyChain(partition), drafts, now).entries)
  })
  const report = await check(rewritten)
  expect(report.findings.filter(({ code }) => code === 'FORKED').map(({ entry }) => entry?.sequence)).toEqual(
    [2, 4, 5, 5],
  )
})

test('a history that was rewritten and signed with another key is refused when the key is known', async () => {
  const foreign = signer(generateKeyPairSync('ed25519').privateKey)
  const signed = tampered(({ checkpoints }) => {
    for (const [i, { partition, sequence, head, at }] of checkpoints.entries())
      checkpoints[i] = foreign.sign({ ...emptyChain(partition), sequence, head }, at)
  })
  expect(await codes(signed)).toContain('FOREIGN_KEY')
})

test('entries that cover a record twice are both named', async () => {
  const { entries, state } = append(
    emptyChain(0),
    cover([laneRecord('orders.revisions.v1', 4, 'a')], now),
    now,
  )
  const again = append(state, cover([laneRecord('orders.revisions.v1', 4, 'a')], now), now)
  const report = await check(
    {
      entries: [...entries, ...again.entries],
      checkpoints: [testKey.sign(again.state, now)],
      records: [laneRecord('orders.revisions.v1', 4, 'a')],
    },
    unknown,
  )
  expect(report.findings[0]).toMatchObject({ code: 'RECORD_COVERED_TWICE', record: { offset: 4 } })
  expect(report.findings[0]?.message).toContain('entries 1 and 2')
})

test('offsets that no reader sees, as transactions leave them, are no gap', async () => {
  const records = [3, 4, 6, 9].map((offset) => laneRecord('orders.revisions.v1', offset, `r${offset}`))
  const first = append(emptyChain(0), cover(records.slice(0, 3), now), now)
  const second = append(first.state, cover(records.slice(3), now), now)
  const report = await check(
    {
      entries: [...first.entries, ...second.entries],
      checkpoints: [testKey.sign(second.state, now)],
      records,
    },
    unknown,
  )
  expect(report.findings).toEqual([])
  expect(report.records?.verified).toBe(4)
})

test('a rewritten end of a chain that the key itself signed is not the one that is known', async () => {
  const rewritten = tampered(({ entries, checkpoints }) => {
    const { partition } = entries[0] as { partition: number }
    const drafts = entries.map((entry) => ({ ...entry, who: 'somebody else' }))
    const { entries: others, state } = append(emptyChain(partition), drafts, now)
    entries.splice(0, entries.length, ...others)
    checkpoints.splice(0, checkpoints.length, testKey.sign(state, now))
  })
  expect(await codes(rewritten)).toContain('FORKED')
})

test('records that their topic no longer keeps are counted, not missed', async () => {
  const later = now + 91 * 24 * 60 * 60 * 1000
  const report = await check(
    tampered(({ records }) => records.splice(0, records.length)),
    { now: later },
  )
  expect(report.findings).toEqual([])
  expect(report.records).toEqual({ verified: 0, gone: 6, awaiting: 0 })
})

test('in a running system what came after the end of the trail is awaited', async () => {
  const report = await check(
    tampered(({ entries, checkpoints }) => [entries.pop(), checkpoints.pop()]),
    { atRest: false, expected: undefined },
  )
  expect(report.findings).toEqual([])
  expect(report.records?.awaiting).toBe(1)
})

const kept = ['desk.commands.v1', 'orders.revisions.v1', 'cases.findings.v1', 'cases.events.v1'] as const
const batchesOf = (topics: readonly Input[0][]) => {
  const input: fc.Arbitrary<Input> = fc.tuple(
    fc.constantFrom(...topics),
    fc.constantFrom('O-1', 'O-2', 'O-3', 'O-4'),
  )
  return fc.array(fc.array(input, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 })
}

test('a compacted topic may lose records', async () => {
  const written = await writeTrail([[['policy.versions.v1', '1']]])
  const report = await check({ ...written, records: [] }, unknown)
  expect(report.findings).toEqual([])
  expect(report.records).toEqual({ verified: 0, gone: 1, awaiting: 0 })
})

test('every trail that audit writes is proved', async () => {
  await fc.assert(
    fc.asyncProperty(batchesOf([...kept, 'policy.versions.v1']), async (batches) => {
      const written = await writeTrail(batches)
      const { findings, records } = await check(written, { expected: knownOf(written) })
      expect(findings).toEqual([])
      expect(records).toEqual({ verified: batches.flat().length, gone: 0, awaiting: 0 })
    }),
    { numRuns: 50 },
  )
})
