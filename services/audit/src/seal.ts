import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const begin = 'sealed.1.'
const cipher = 'aes-256-gcm'
const [keyBytes, ivBytes, saltBytes, tagBytes] = [32, 12, 32, 16]

export const newKey = (): Buffer => randomBytes(keyBytes)

/**
 * A text that only the key opens: `sealed.1.<commitment>.<ciphertext>`, both base64url. The commitment is the SHA-256 of
 * salt and text (UTF-8); the ciphertext is the iv (12 bytes), AES-256-GCM of salt (32 bytes) and text, and its tag
 * (16 bytes). As the salt is known to the key alone, nobody can try texts against the commitment.
 */
export function seal(text: string, key: Uint8Array): string {
  const [iv, salt, plain] = [randomBytes(ivBytes), randomBytes(saltBytes), Buffer.from(text)]
  const sealing = createCipheriv(cipher, key, iv)
  const sealed = [iv, sealing.update(salt), sealing.update(plain), sealing.final(), sealing.getAuthTag()]
  return `${begin}${commitment(salt, plain)}.${Buffer.concat(sealed).toString('base64url')}`
}

export const isSealed = (text: string): boolean => text.startsWith(begin)

/** The text, once it is proved against the commitment; undefined when key or sealed text are not those of `seal`. */
export function unseal(sealed: string, key: Uint8Array): string | undefined {
  const [committed = '', ciphertext = '', ...more] = sealed.slice(begin.length).split('.')
  const bytes = Buffer.from(ciphertext, 'base64url')
  // Other spellings of the same bytes are not what was sealed.
  if (!isSealed(sealed) || more.length > 0 || bytes.toString('base64url') !== ciphertext) return undefined
  const opened = decrypted(bytes, key)
  if (!opened) return undefined
  const [salt, plain] = [opened.subarray(0, saltBytes), opened.subarray(saltBytes)]
  return commitment(salt, plain) === committed ? plain.toString() : undefined
}

function decrypted(bytes: Buffer, key: Uint8Array): Buffer | undefined {
  if (bytes.length < ivBytes + saltBytes + tagBytes) return undefined
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
  opening.setAuthTag(bytes.subarray(-tagBytes))
  const opened = opening.update(bytes.subarray(ivBytes, -tagBytes))
  try {
    opening.final()
    return opened
  } catch {
    return undefined
  }
}

const commitment = (salt: Uint8Array, plain: Uint8Array): string =>
  createHash('sha256').update(salt).update(plain).digest('base64url')
