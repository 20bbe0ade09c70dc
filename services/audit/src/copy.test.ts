import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { copyOf, nothingCopied } from './copy.ts'
import { trailOfCopy } from './read-copy.ts'
import { now } from './testing/command.ts'
import { asTrail, each, type Input, knownOf, type TestTrail, writeTrail } from './testing/trail.ts'
import { verify } from './verify.ts'

const batch: Input[] = [
  ['desk.commands.v1', 'O-1'],
  ['orders.revisions.v1', 'O-1'],
  ['orders.revisions.v1', 'O-1'],
]
let trail: TestTrail
let lines: string[]

beforeAll(async () => {
  trail = await writeTrail([batch, [['desk.commands.v1', 'O-1']], batch])
  lines = await all(copyOf(asTrail(trail)))
})

const proved = async (copy: Iterable<string>) =>
  verify(await trailOfCopy(each(copy)), { now, atRest: true, expected: knownOf(trail) })

test('a copy is proved like the trail itself', async () => {
  const report = await proved(lines)
  expect(report.verdict).toBe('PROVED')
  const itself = { now, atRest: true, expected: knownOf(trail) }
  expect(report).toEqual(await verify(asTrail(trail), itself))
})

test('a copy without records proves its chains, and says that the records cannot be judged', async () => {
  const { checkpoints, entries } = asTrail(trail)
  const report = await proved(await all(copyOf({ checkpoints, entries })))
  expect(report).toMatchObject({
    ok: false,
    findings: [],
    records: null,
    unjudged: [{ code: 'RECORDS_NOT_READ' }],
  })
})

test('a copy that is its first line alone has lost its chains', async () => {
  const { findings, verdict } = await proved(lines.slice(0, 1))
  expect(verdict).toBe('BROKEN')
  expect(findings.map(({ code }) => code)).toEqual(['UNREADABLE', 'CHAIN_MISSING'])
})

test('a copy that breaks off anywhere is found', async () => {
  for (let left = 0; left < lines.length; left++)
    expect([left, (await proved(lines.slice(0, left))).verdict]).toEqual([left, 'BROKEN'])
})

test('a line that was taken out, said twice or moved is found', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(lines.length - 1), fc.nat(lines.length - 1), async (from, to) => {
      const line = lines[from] as string
      const without = lines.toSpliced(from, 1)
      expect((await proved(without)).ok).toBe(false)
      expect((await proved(lines.toSpliced(to, 0, line))).ok).toBe(false)
      // In which order records of different topics come is all the same.
      if (from !== to && !line.startsWith('{"record"'))
        expect((await proved(without.toSpliced(to, 0, line))).ok).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('a copy of a running system ends with the last signature, and is at rest', async () => {
  const { checkpoints, entries, records } = structuredClone(trail)
  checkpoints.pop()
  const copied = nothingCopied()
  const copy = await all(copyOf(asTrail({ checkpoints, entries, records }), copied))
  expect(copied.leftOut).toEqual({ entries: 2, records: 3 })
  const expected = knownOf({ checkpoints, entries, records })
  const report = await verify(await trailOfCopy(each(copy)), { now, atRest: true, expected })
  expect(report).toMatchObject({ verdict: 'PROVED', records: { verified: 4, gone: 0, awaiting: 0 } })
})

test('what others wrote to the topics of the trail is no part of its copy', async () => {
  const stranger = { where: 'audit.entries.v1, partition 0, offset 3', problem: 'No Avro', isForeign: true }
  const { checkpoints, entries, records } = asTrail(trail)
  async function* among() {
    yield stranger
    yield* entries
  }
  const copied = nothingCopied()
  const copy = await all(copyOf({ checkpoints, entries: among(), ...(records ? { records } : {}) }, copied))
  expect(copied.foreign).toEqual([stranger])
  expect((await proved(copy)).verdict).toBe('PROVED')
})

test('a flipped bit anywhere in a copy is found, and in an entry the entry is named', async () => {
  const text = Buffer.from(lines.join('\n'))
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const flipped = Buffer.from(text)
      flipped[at] = (flipped[at] as number) ^ (1 << bit)
      const report = await proved(flipped.toString('utf8').split('\n'))
      expect(report.ok).toBe(false)
      const line = text.subarray(0, at).toString().split('\n').length - 1
      const entry = lines[line]?.match(/^{"entry":{"partition":\d+,"sequence":(\d+)/)?.[1]
      const named = report.findings.map((finding) => `${finding.entry?.sequence} ${finding.message}`).join()
      if (entry && text[at] !== 10) expect(named).toMatch(new RegExp(`\\b${entry}\\b|line ${line + 1}`))
    }),
    { numRuns: 400 },
  )
})

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const list: string[] = []
  for await (const line of lines) list.push(line)
  return list
}
