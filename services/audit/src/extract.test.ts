import { beforeAll, expect, test } from 'vitest'
import { csvLine } from './csv.ts'
import { checkExtract, emptyManifest, extractOf, type Manifest } from './extract.ts'
import { now } from './testing/command.ts'
import { asTrail, each, type Input, type TestTrail, testKey, writeTrail } from './testing/trail.ts'

const batch: Input[] = ['O-1', 'O-2', 'O-3', 'O-4', 'O-5'].map((order) => ['desk.commands.v1', order])
let trail: TestTrail
beforeAll(async () => {
  // The clock goes on by a second from batch to batch.
  trail = await writeTrail([batch, batch, batch, batch])
})

async function extracted(options: { from?: number; to?: number; format?: 'jsonl' | 'csv' }) {
  const asked = { format: 'jsonl' as const, ...options }
  const manifest = emptyManifest(asked)
  const lines: string[] = []
  for await (const line of extractOf(asTrail(trail), asked, manifest)) lines.push(line)
  return { lines, manifest }
}

const codes = async (lines: readonly string[], manifest: Manifest) =>
  (await checkExtract(each(lines), manifest, { keys: [testKey.keyId] })).map(({ code }) => code)

test('an extract has the entries of a time, how many of each chain, and a proof of its ends', async () => {
  const { lines, manifest } = await extracted({ from: now + 1_000, to: now + 3_000 })
  const wanted = trail.entries.filter(({ at }) => at >= now + 1_000 && at < now + 3_000)
  expect(lines.map((line) => JSON.parse(line).entry.entryHash)).toEqual(
    wanted.map(({ entryHash }) => entryHash),
  )
  expect(manifest).toMatchObject({
    entries: 10,
    keyIds: [testKey.keyId],
    from: new Date(now + 1_000).toISOString(),
  })
  for (const { partition, entries, first, last, checkpoint } of manifest.lanes) {
    const own = wanted.filter((entry) => entry.partition === partition)
    expect([entries, first.sequence, last.sequence]).toEqual([
      own.length,
      own[0]?.sequence,
      own.at(-1)?.sequence,
    ])
    expect(checkpoint?.sequence).toBeGreaterThanOrEqual(last.sequence)
  }
  expect(await codes(lines, manifest)).toEqual([])
})

test('an entry that is edited, left out, said twice or moved in an extract is found', async () => {
  const { lines, manifest } = await extracted({})
  expect(await codes(lines, manifest)).toEqual([])
  expect(await codes(lines.with(3, (lines[3] as string).replace('fiona', 'fionb')), manifest)).toContain(
    'EDITED',
  )
  for (const [i, line] of lines.entries()) {
    expect(await codes(lines.toSpliced(i, 1), manifest)).not.toEqual([])
    expect(await codes(lines.toSpliced(i, 0, line), manifest)).not.toEqual([])
  }
  expect(await codes([], manifest)).toContain('TRUNCATED')
  const foreign = await checkExtract(each(lines), manifest, { keys: ['another'] })
  expect(foreign.map(({ code }) => code)).toContain('FOREIGN_KEY')
})

test('nothing that somebody wrote is a formula in a CSV', async () => {
  const { lines } = await extracted({ format: 'csv' })
  expect(lines[0]).toMatch(/^partition,sequence,at,when,who,what,why,/)
  expect(lines).toHaveLength(1 + trail.entries.length)
  const [entry] = trail.entries as [TestTrail['entries'][0]]
  for (const why of ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '"=1', "'=1", '\t=1', '\n=1', '|cmd', '%0A'])
    expect(csvLine({ ...entry, why })).toContain(`"'${why.replaceAll('"', '""')}"`)
  expect(csvLine({ ...entry, why: 'a, "b"' })).toContain('"a, ""b"""')
  expect(csvLine({ ...entry, why: 'plain' })).toContain(',plain,')
})

test('a CSV says why in clear where that was opened, and still runs nothing', async () => {
  const asked = { format: 'csv' as const, whyOf: () => '=HYPERLINK("x")' }
  const manifest = emptyManifest(asked)
  const lines: string[] = []
  for await (const line of extractOf(asTrail(trail), asked, manifest)) lines.push(line)
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`)
  const sealed = (await extracted({ format: 'csv' })).lines
  expect(sealed[1]).toContain(',sealed.1.')
})
