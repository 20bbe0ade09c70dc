import { createPublicKey } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAnswerLink, signAnswerLink } from '@holdpoint/answer-links'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerKeyOf, publicKeyFile } from './answer-key.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-key-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the key is made once, for its owner alone, and the public key lies beside it', async () => {
  const file = join(folder, 'made', 'answer-key.pem')
  const key = answerKeyOf(file)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(publicKeyFile(file))).mode & 0o777).toBe(0o644)
  expect((await readdir(join(folder, 'made'))).toSorted()).toEqual([
    'answer-key.pem',
    'answer-key.public.pem',
  ])
  const link = { orderId: 'SO-1', caseId: 'C-1', questionId: 'Q-1', until: 2, language: 'en' }
  const publicKey = createPublicKey(await readFile(publicKeyFile(file)))
  expect(readAnswerLink(signAnswerLink(link, answerKeyOf(file)), [publicKey], 1)).toEqual({ link })
  expect(answerKeyOf(file).equals(key)).toBe(true)
})

test('a public key that does not belong to the private one is written anew', async () => {
  const file = join(folder, 'answer-key.pem')
  answerKeyOf(file)
  const right = await readFile(publicKeyFile(file), 'utf8')
  await writeFile(publicKeyFile(file), 'other')
  answerKeyOf(file)
  expect(await readFile(publicKeyFile(file), 'utf8')).toBe(right)
})

test('a file that holds no key says what to do', async () => {
  const file = join(folder, 'answer-key.pem')
  await writeFile(file, 'nonsense')
  expect(() => answerKeyOf(file)).toThrow(/holds no private key/)
})
