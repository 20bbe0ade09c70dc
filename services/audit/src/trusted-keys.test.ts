import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { AuditCheckpoint } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { emptyChain } from './chain.ts'
import { signer } from './checkpoint.ts'
import { TrustedKeys } from './trusted-keys.ts'

const newKey = () => generateKeyPairSync('ed25519').privateKey
const [first, second, third] = [newKey(), newKey(), newKey()]
const checkpoint = (key: KeyObject, prior?: KeyObject, sequence = 1, partition = 0) =>
  signer(key, prior).sign({ ...emptyChain(partition), sequence }, 0)
const trusting = (...keys: KeyObject[]) => new TrustedKeys(keys.map((key) => signer(key).keyId))
const told = (keys: TrustedKeys, ...all: AuditCheckpoint[]) => all.map((one) => keys.problemOf(one))

test('a key that was handed over to by a trusted one is trusted from there on, and so is the next', () => {
  const all = [checkpoint(first), checkpoint(second, first, 2), checkpoint(third, second, 3)]
  expect(told(trusting(first), ...all)).toEqual([undefined, undefined, undefined])
})

test('nobody else can hand over', () => {
  expect(told(trusting(first), checkpoint(second, third))).toEqual([expect.stringContaining('not trusted')])
  const { handOver } = checkpoint(third, first)
  const claimed = { ...checkpoint(second, first), handOver }
  expect(told(trusting(first), claimed)).toEqual([expect.stringContaining('was not signed')])
})

test('a key that has handed over signs no more in that chain, and still does in those that it has not', () => {
  const all = [
    checkpoint(second, first, 2),
    checkpoint(first, undefined, 3),
    checkpoint(first, undefined, 1, 1),
  ]
  expect(told(trusting(first), ...all)).toEqual([
    undefined,
    expect.stringContaining('had handed over'),
    undefined,
  ])
})
