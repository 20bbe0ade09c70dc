import { createHmac, hkdfSync, type KeyObject } from 'node:crypto'
import type { Seal } from './about.ts'

/** The seal of mails, from the key of the answer links: one key to keep, and neither tells the other. */
export function mailSeal(key: KeyObject): Seal {
  const secret = key.export({ type: 'pkcs8', format: 'der' })
  const own = Buffer.from(hkdfSync('sha256', secret, '', 'holdpoint mail', 32))
  return (text) => createHmac('sha256', own).update(text).digest('base64url').slice(0, 22)
}
