import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The key of the answer links cannot be used; the message says what to do. */
export class AnswerKeyUnusable extends Error {
  readonly code = 'ANSWER_KEY_UNUSABLE'
  readonly canRetry = false
}

/**
 * The Ed25519 private key of a file (PKCS #8, PEM), made for its owner's eyes only when there is none; of two processes
 * that make it at the same moment both get the same. The public key, by which the desk reads links, lies beside it.
 */
export function answerKeyOf(path: string): KeyObject {
  const key = parse(path, read(path) ?? make(path))
  if (key.asymmetricKeyType !== 'ed25519')
    throw new AnswerKeyUnusable(`The key in ${path} is ${key.asymmetricKeyType}, and Ed25519 is needed.`)
  publish(publicKeyFile(path), key)
  return key
}

/** `answer-key.pem` → `answer-key.public.pem` */
export function publicKeyFile(path: string): string {
  return `${path.replace(/\.pem$/, '')}.public.pem`
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new AnswerKeyUnusable(`The key file ${path} cannot be read: ${(error as Error).message}`)
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

function publish(path: string, key: KeyObject): void {
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' })
  if (read(path) === pem) return
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, pem, { flush: true })
  // Whatever the process's own mask says: it is for others to read.
  chmodSync(draft, 0o644)
  renameSync(draft, path)
}

function parse(path: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new AnswerKeyUnusable(
      `The file ${path} holds no private key. Put the key back from its copy, or delete the file: a new key is made, and ` +
        'links that were sent before count for nothing any more.',
    )
  }
}
