import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const bin = join(import.meta.dirname, '..', 'bin', 'holdpoint.mjs')
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bin-'))
const link = join(folder, 'hp')
symlinkSync(bin, link)
afterAll(() => rmSync(folder, { recursive: true }))

/** A Node of the system that is older than the project's own. */
const older = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin']
  .map((place) => join(place, 'node'))
  .find(
    (node) => existsSync(node) && Number(execFileSync(node, ['-v']).toString().slice(1).split('.')[0]) < 24,
  )

const run = (node: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(node, args, { cwd: folder, env: {} })
  return { code: status, out: stdout.toString(), err: stderr.toString() }
}

describe.skipIf(older === undefined)('with a Node of the system that is older than the own one', () => {
  test('the command runs on the own one: through a link, from another folder, with its arguments and exit code', () =>
    expect(run(older as string, link, 'cases', 'list', '--status', "a 'b")).toMatchObject({
      code: 2,
      err: expect.stringContaining("'a 'b' is invalid"),
    }))
})

test('the command runs on the own Node when it comes first, through a link and from another folder', () =>
  expect(run(process.execPath, link, '--help')).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Start here'),
  }))

test.skipIf(!existsSync('/dev/full'))('what cannot be printed since the disk is full is told', () => {
  const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${bin}" --help > /dev/full`])
  expect([status, stderr.toString()]).toEqual([1, expect.stringContaining('the disk is full. Make room')])
})

test('a reader who leaves early ends it quietly', () => {
  const command = `"${process.execPath}" "${bin}" orders generate --count 500 --dry-run | head -1`
  const { stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], { cwd: folder })
  expect([stdout.toString(), stderr.toString()]).toEqual(['[\n', ''])
})
