import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditCheckpoint } from '@holdpoint/schemas'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { heldAgainst, keepPins } from './pins-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-pins-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const spki = publicKey.export({ type: 'spki', format: 'der' })
const keyId = createHash('sha256').update(spki).digest('hex')
const head = 'ab'.repeat(32)

function checkpoint(sequence: number): AuditCheckpoint {
  const signed = Buffer.from(JSON.stringify(['holdpoint-audit-checkpoint-1', 0, sequence, head, 0]))
  const signature = sign(null, signed, privateKey).toString('base64')
  const by = { keyId, publicKey: spki.toString('base64'), signature }
  return { partition: 0, sequence, head, ...by, at: 0, priorKey: '', handOver: '' }
}
const lineOf = (sequence: number) => JSON.stringify({ checkpoint: checkpoint(sequence) })
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

test('of a copy only its checkpoints are read, however long it is', () => {
  const copy = file('trail.copy', `{"header":1}\n${lineOf(3)}\n{"entry":${'x'.repeat(3_000_000)}`)
  const { expected, from } = heldAgainst({ against: [copy] })
  expect(expected).toEqual({ keys: [keyId], known: [{ checkpoint: checkpoint(3), from: copy }] })
  expect(from).toEqual([copy])
})

test('checkpoints of several files count together, and keys that are named count more than those of files', () => {
  const pinsFile = join(folder, 'pins.json')
  keepPins(pinsFile, { keys: [keyId], checkpoints: [checkpoint(7)] })
  expect(statSync(pinsFile).mode & 0o777).toBe(0o600)
  const witness = file('witness.jsonl', `${lineOf(8)}\n${lineOf(9)}\n`)
  const { expected } = heldAgainst({ pinsFile, against: [witness], trust: ['another'] })
  expect(expected.keys).toEqual(['another'])
  expect(expected.known?.map(({ checkpoint: { sequence } }) => sequence)).toEqual([7, 8, 9])
})

test('without any file nothing is known, and a file that is not there is named', () => {
  expect(heldAgainst({}).expected).toEqual({})
  expect(heldAgainst({ pinsFile: join(folder, 'none.json') }).pins).toMatchObject({ read: undefined })
  expect(() => heldAgainst({ against: [join(folder, 'none.json')] })).toThrow(/none\.json cannot be read/)
})
