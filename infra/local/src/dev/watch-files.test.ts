import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type FileWatch, watchFiles } from './watch-files.ts'

let folder: string
let files: FileWatch
let told: string[]

const path = (...parts: string[]) => join(folder, ...parts)
const write = (...parts: string[]) => writeFileSync(path(...parts), String(Math.random()))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-watch-'))
  mkdirSync(path('deep', 'deeper'), { recursive: true })
  write('deep', 'deeper', 'a.ts')
  told = []
  files = watchFiles([folder], (paths) => void told.push(...paths))
})

afterEach(() => {
  files.close()
  rmSync(folder, { recursive: true, force: true })
})

async function untilTold(file: string): Promise<void> {
  await vi.waitFor(() => expect(told).toContain(file), { timeout: 10_000, interval: 20 })
  told = []
}

test('a file is told each time that an editor puts another in its place', async () => {
  for (const _ of [1, 2, 3]) {
    write('deep', 'deeper', 'a.ts.new')
    renameSync(path('deep', 'deeper', 'a.ts.new'), path('deep', 'deeper', 'a.ts'))
    await untilTold(path('deep', 'deeper', 'a.ts'))
  }
})

test('what is deleted is told, and so is what comes in its place', async () => {
  rmSync(path('deep'), { recursive: true })
  await untilTold(path('deep', 'deeper', 'a.ts'))
  mkdirSync(path('deep', 'deeper'), { recursive: true })
  write('deep', 'deeper', 'a.ts')
  await untilTold(path('deep', 'deeper', 'a.ts'))
  write('deep', 'deeper', 'a.ts')
  await untilTold(path('deep', 'deeper', 'a.ts'))
})

test('many changes at once are told at once', async () => {
  const onChange = vi.fn()
  files.close()
  files = watchFiles([folder], onChange)
  for (const name of ['a.ts', 'b.ts', 'c.ts']) write('deep', name)
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000, interval: 20 })
  expect(onChange).toHaveBeenCalledExactlyOnceWith(['a.ts', 'b.ts', 'c.ts'].map((name) => path('deep', name)))
})
