import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodeOf } from './failures.ts'
import { requireWritable, unreadable, unwritable } from './file-problems.ts'
import { NotSent } from './import/not-sent.ts'
import { ProgramForTests } from './testing/program.ts'

let program: ProgramForTests
let folder: string
const samples = join(import.meta.dirname, '../../../infra/samples')
beforeAll(async () => {
  program = await ProgramForTests.start()
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-files-'))
  mkdirSync(join(folder, 'folder'))
  writeFileSync(join(folder, 'file'), 'x')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await program.stop()
})

/** Texts of the system: a code, or a call with its path. */
const raw = /\bE[A-Z]{3,}\b|illegal operation|no such file or directory/
const policy = join(samples, 'wholesaler.policy.yaml')
const order = join(samples, 'story/1-place.json')

test.each<[string[], string, RegExp]>([
  [['orders', 'send'], 'none.json', /cannot be read: there is no such file\. Check/],
  [['orders', 'send'], 'folder', /cannot be read: it is a folder\. Name a file in it/],
  [['orders', 'send'], 'file/x', /a part of its path is no folder/],
  [['orders', 'import'], 'none.csv', /There is no file .*none\.csv\. Check/],
  [['orders', 'import'], 'folder', /folder is a folder\. Name a file/],
  [['policy', 'check'], 'none.yaml', /there is no such file/],
  [['policy', 'check'], 'folder', /it is a folder/],
  [['roster', 'check'], 'folder', /it is a folder/],
  [['policy', 'try', policy, '--orders'], 'none', /there is no such file/],
  [['audit', 'verify'], 'none.copy', /there is no such file/],
  [['audit', 'verify'], 'folder', /it is a folder/],
  [['audit', 'prove', '0:1', '--from'], 'folder', /it is a folder/],
  [['audit', 'verify', policy, '--against'], 'none.copy', /there is no such file/],
  [['audit', 'verify', '--pins'], 'none/pins.json', /the folder that it is to lie in is not there/],
  [['audit', 'export'], 'none/trail.copy', /the folder that it is to lie in is not there\. Make it first/],
  [['audit', 'export'], 'folder', /cannot be written: it is a folder/],
  [['notices', 'preview', policy, '--order', order, '--html'], 'file', /a file has that name already/],
])('holdpoint %j %s says what, where and what to do', async (args, name, says) => {
  const { code, err } = await program.run(...args, join(folder, name))
  expect(err).toMatch(says)
  expect(err).toContain(name)
  expect(err).not.toMatch(raw)
  expect(code).toBe(2)
})

test('nor can a list of what was not sent be written where there is no folder', () =>
  expect(() => new NotSent(join(folder, 'none/problems'))).toThrow(
    'the folder that it is to lie in is not there',
  ))

test('what this account may not do, or the disk cannot, is told too', () => {
  expect(unreadable('a', { code: 'EACCES' }).message).toContain('this account may not read it')
  expect(unwritable('a', { code: 'EROFS' }).message).toContain('that disk can only be read')
  const full = unwritable('a', { code: 'ENOSPC', message: 'ENOSPC: no space left' })
  expect([full.message, exitCodeOf(full)]).toEqual([
    'a cannot be written: the disk is full. Make room, and run it again.',
    1,
  ])
})

test('whether a file can be written is tried without a trace, and without touching what is there', () => {
  const before = readdirSync(folder)
  requireWritable(join(folder, 'file'))
  requireWritable(join(folder, 'new'))
  expect(readdirSync(folder)).toEqual(before)
  expect(existsSync(join(folder, 'new'))).toBe(false)
})
