import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTargets } from './read-targets.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-targets-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function written(text: string): Promise<string> {
  const file = join(folder, 'targets.yaml')
  await writeFile(file, text)
  return file
}

test('a file in YAML or JSON names targets, and files beside it hold what is secret', async () => {
  await writeFile(join(folder, 'url'), 'https://hooks.example/x\n')
  const yaml = await written('finance-chat:\n  kind: slack\n  url-file: url\n')
  expect(readTargets(yaml).get('finance-chat')?.url.href).toBe('https://hooks.example/x')
  const json = await written('{ "finance-chat": { "kind": "teams", "url": "https://flows.example/x" } }')
  expect(readTargets(json).get('finance-chat')?.kind).toBe('teams')
})

test('no file means no targets', () => {
  expect(readTargets(undefined).size).toBe(0)
})

test('a file that is not there, no YAML, or wrong, says so and shows none of its lines', async () => {
  expect(() => readTargets(join(folder, 'nowhere'))).toThrow(/TARGETS_FILE cannot be read/)
  const broken = await written('a: { kind: slack, url: "https://hidden.example\n')
  expect(() => readTargets(broken)).toThrow(/no YAML/)
  const wrong = await written('a: { kind: slack, url: "http://hidden.example" }\nb: { kind: fax }\n')
  expect(() => readTargets(wrong)).toThrow(/"a" has a url without TLS[\s\S]*"b" kind/)
  for (const file of [broken, wrong]) expect(() => readTargets(file)).not.toThrow(/hidden/)
})
