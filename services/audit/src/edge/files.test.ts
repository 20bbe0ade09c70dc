import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signer } from '../checkpoint.ts'
import { privateKeyOf } from './files.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-key-'))
  path = join(folder, 'audit', 'key.pem')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('the first start makes a key that only its owner may read, and later starts use it', () => {
  const first = signer(privateKeyOf(path)).keyId
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(path))).toEqual(['key.pem'])
  expect(signer(privateKeyOf(path)).keyId).toBe(first)
})

test('a file that holds no key is refused and left as it is', () => {
  writeFileSync(join(folder, 'broken.pem'), 'no key')
  expect(() => privateKeyOf(join(folder, 'broken.pem'))).toThrow(/broken\.pem holds no private key/)
})

test('a key of another kind is refused', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writeFileSync(join(folder, 'ec.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  expect(() => privateKeyOf(join(folder, 'ec.pem'))).toThrow('is ec, and Ed25519 is needed')
})
