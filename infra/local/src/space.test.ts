import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { messageFor, shown } from './failure.ts'
import { dataRoot, repository } from './folders.ts'
import { requireSpace, whyNotReady } from './space.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-space-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a disk with too little for a start is told before anything is started', () => {
  expect(() => requireSpace(join(dataRoot, 'local'), 12_000_000)).toThrow(
    'The disk of .holdpoint/local has 12 MB left, and a start needs 150 MB: make some space, then start again.',
  )
  expect(() => requireSpace(join(folder, 'not', 'there', 'yet'))).not.toThrow()
})

test('what did not come up on a full disk did not for want of space; else its log tells', () => {
  const log = join(folder, 'kafka-1.log')
  writeFileSync(log, 'java.io.IOException: No space left on device\n\tat java.base/sun.nio.ch\n')
  expect(whyNotReady(log, 0)).toMatch(/^There is no space left on the disk of .*kafka-1\.log: make some/)
  expect(whyNotReady(log, 1e9)).toMatch(/^The end of .*kafka-1\.log:\njava\.io/)
})

test.each([
  ['ENOSPC', 'There is no space left on the disk of .holdpoint/local: make some, then run this again.'],
  ['EROFS', '.holdpoint/local lies on a disk that is read-only: copy the folder to one that can be written.'],
  ['EACCES', expect.stringMatching(/^\.holdpoint\/local may not be written by this user: /)],
  ['EEXIST', '.holdpoint/local has to be a folder and is a file: move it away, then run this again.'],
])(
  'what the file system refuses as %s is told in a sentence, without the path of the machine',
  (code, told) => {
    const error = Object.assign(new Error(`${code}: …`), { code, path: join(dataRoot, 'local') })
    expect(messageFor(error)).toEqual(told)
  },
)

test('what nobody at the terminal can mend keeps its stack; a path outside of the folder stays whole', () => {
  expect(messageFor(new TypeError('x is not a function'))).toMatch(/^TypeError: x is not a function\n {4}at /)
  expect(shown('/usr/bin/java')).toBe('/usr/bin/java')
  expect(shown(repository)).toBe('this folder')
})
