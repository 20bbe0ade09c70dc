import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { jwtVerify, SignJWT } from 'jose'

const issuer = 'holdpoint-desk-local'
export const sessionHours = 12

/**
 * Signs and checks session tokens (JWT, HS256). A token says who; what that person may do is looked up in the roster
 * with each request.
 */
export interface Tokens {
  issue(subject: string): Promise<string>
  /** The subject; undefined when the token is not ours, was changed, or has run out. */
  verify(token: string): Promise<string | undefined>
}

export function createTokens(key: Uint8Array): Tokens {
  return {
    issue: (subject) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(`${sessionHours}h`)
        .sign(key),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, { issuer, audience: issuer, algorithms: ['HS256'] })
        return payload.sub
      } catch {
        return undefined
      }
    },
  }
}

/** The key in the file; made at the first start, readable by its owner only. Raises when the file holds no key. */
export async function loadKey(file: string): Promise<Uint8Array> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  if (key.length < 32)
    throw new Error(
      `${file} holds no key of 32 bytes. Delete it: the desk makes a new one, and people sign in again.`,
    )
  return key
}
