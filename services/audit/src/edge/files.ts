import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The key in the file cannot be used; the message says what to do. */
export class KeyUnusable extends Error {
  readonly code = 'KEY_UNUSABLE'
  readonly canRetry = false
}

/**
 * The Ed25519 private key of a file (PKCS #8, PEM). Made, for its owner's eyes only, when there is none; of two
 * processes that make it at the same moment both get the same.
 */
export function privateKeyOf(path: string): KeyObject {
  const key = parse(path, read(path) ?? make(path))
  if (key.asymmetricKeyType === 'ed25519') return key
  throw new KeyUnusable(`The key in ${path} is ${key.asymmetricKeyType}, and Ed25519 is needed.`)
}

/** The same of a key that there has to be already: none is made. */
export function priorKeyOf(path: string): KeyObject {
  if (read(path) === undefined)
    throw new KeyUnusable(`There is no key in ${path}. Name the file of the key that signed before, or none.`)
  return privateKeyOf(path)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new KeyUnusable(`The key file ${path} cannot be read: ${(error as Error).message}`)
  }
}

function make(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  writeFileSync(draft, pem, { mode: 0o600, flush: true })
  try {
    // Unlike a rename this never replaces a key that is there already.
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(path, 'utf8')
}

function parse(path: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new KeyUnusable(
      `The file ${path} holds no private key. Put the key back from its safe copy; a new key starts a signature ` +
        'that nobody trusts yet.',
    )
  }
}
