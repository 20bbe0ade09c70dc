import { type KeyObject, verify } from 'node:crypto'
import { type AnswerLink, longestToken, version } from './sign.ts'

/** UNREADABLE: no token, or one that was cut. ALTERED: no key that is given has signed it. EXPIRED: it was good once. */
export type LinkProblem = 'UNREADABLE' | 'ALTERED' | 'EXPIRED'

const signatureBytes = 64

/**
 * What a token says, or why it counts for nothing. An expired one still tells what it was about, so that a page can speak
 * the customer's language. `keys`: the public keys that count; `now`: milliseconds UTC. That it is used once only is for
 * whoever takes the answer to see to: a question is answered once.
 */
export function readAnswerLink(
  token: string,
  keys: readonly KeyObject[],
  now: number,
):
  | { link: AnswerLink }
  | { problem: Exclude<LinkProblem, 'EXPIRED'> }
  | { problem: 'EXPIRED'; link: AnswerLink } {
  if (token.length > longestToken) return { problem: 'UNREADABLE' }
  const [prefix, content, signature, ...more] = token.split('.')
  const signatureOf = bytesOf(signature)
  const contentOf = bytesOf(content)
  if (prefix !== version || more.length > 0 || !contentOf || signatureOf?.length !== signatureBytes)
    return { problem: 'UNREADABLE' }
  const signed = Buffer.from(`${prefix}.${content}`)
  if (!keys.some((key) => verify(null, signed, key, signatureOf))) return { problem: 'ALTERED' }
  const link = linkOf(contentOf)
  if (!link) return { problem: 'UNREADABLE' }
  return now < link.until ? { link } : { problem: 'EXPIRED', link }
}

/** Only the one way to write these bytes counts, so that no two tokens are the same link. */
function bytesOf(text: string | undefined): Buffer | undefined {
  if (!text) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

function linkOf(content: Buffer): AnswerLink | undefined {
  const parts = arrayOf(content.toString('utf8'))
  const [orderId, caseId, questionId, until, language, ...more] = parts
  const texts = [orderId, caseId, questionId, language]
  if (more.length > 0 || !Number.isSafeInteger(until) || !texts.every((one) => typeof one === 'string'))
    return undefined
  return { orderId, caseId, questionId, until, language } as AnswerLink
}

function arrayOf(json: string): unknown[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
