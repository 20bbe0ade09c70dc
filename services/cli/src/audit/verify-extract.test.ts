import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyManifest } from '@holdpoint/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'
import { manifestOf } from './export-trail.ts'

let program: ProgramForTests
let folder: string
beforeAll(async () => {
  program = await ProgramForTests.start()
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-extract-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await program.stop()
})

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const csvHeader =
  'partition,sequence,at,when,who,what,why,orderId,caseId,ruleVersion,kind,topic,recordPartition,firstOffset,lastOffset,count,hash,previous,entryHash\n'

test('of entries whose manifest is not beside them is said that it is missing, and no more', async () => {
  const csv = file('march.csv', csvHeader)
  const { code, out, err } = await program.run('audit', 'verify', csv)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(`its manifest ${csv}.manifest.json is not beside it`)
  expect(err).toContain('Put it there, or export them again.')
})

test('entries of a time in which there was none are as their manifest says, which proves nothing', async () => {
  const csv = file('night.csv', csvHeader)
  const sha256 = createHash('sha256').update(csvHeader).digest('hex')
  file(
    'night.csv.manifest.json',
    JSON.stringify({ ...emptyManifest({ format: 'csv', from: 0, to: 1 }), sha256 }),
  )
  expect(manifestOf(csv)).toBe(`${csv}.manifest.json`)
  const { code, out } = await program.run('audit', 'verify', csv, '--trust', 'a'.repeat(64))
  expect(out).toContain('0 entries of 0 chains\nThere is no entry in it: nothing is proved by that.\n')
  expect(code).toBe(3)
  file('night.csv', `${csvHeader}0,1\n`)
  expect((await program.run('audit', 'verify', csv, '--trust', 'a'.repeat(64))).code).toBe(1)
})

test('a time that ends before it begins is no time', async () => {
  const args = ['--format', 'csv', '--from', '2026-03-02T00:00:00Z', '--to', '2026-03-01T00:00:00Z']
  const { code, err } = await program.run('audit', 'export', join(folder, 'x.csv'), ...args)
  expect([code, err]).toEqual([2, expect.stringContaining('--from is not before --to')])
})
