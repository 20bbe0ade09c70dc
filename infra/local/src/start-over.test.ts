import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startOver } from './start-over.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-start-over-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what is deleted, and how much it is, is said while it is still there', async () => {
  const dataDir = join(folder, 'local')
  mkdirSync(join(dataDir, 'mail'), { recursive: true })
  writeFileSync(join(dataDir, 'mail', '1.eml'), Buffer.alloc(2_500_000))
  writeFileSync(join(dataDir, 'mostly-empty.index'), '')
  truncateSync(join(dataDir, 'mostly-empty.index'), 50_000_000)
  const said: [string, boolean][] = []
  await startOver(dataDir, (line) => said.push([line, existsSync(dataDir)]))
  expect(said).toEqual([[expect.stringMatching(/local \(3 MB\) is deleted, with the orders/), true]])
  expect(existsSync(dataDir)).toBe(false)
})

test('of nothing nothing is said', async () => {
  const said: string[] = []
  await startOver(join(folder, 'local'), (line) => said.push(line))
  expect(said).toEqual([])
})
