import { type KeyObject, sign } from 'node:crypto'

/** What a link of a question says; whoever has the link may answer as the customer until it expires. */
export interface AnswerLink {
  orderId: string
  caseId: string
  questionId: string
  /** When it expires, milliseconds UTC. */
  until: number
  /** Language of the message that it stood in, as a tag such as `de`. */
  language: string
}

/** Prefix of a token. Another content or another signature is another number. */
export const version = 'a1'

/** No token is longer, characters: ids have at most 200 bytes. With ids of up to 80 bytes it has at most 300. */
export const longestToken = 1_024

/**
 * The token of an answer link: `a1.<content>.<signature>`, safe to stand in an address as it is. The same link and key
 * give the same token. `key`: an Ed25519 private key.
 */
export function signAnswerLink(link: AnswerLink, key: KeyObject): string {
  const { orderId, caseId, questionId, until, language } = link
  const content = JSON.stringify([orderId, caseId, questionId, until, language])
  const signed = `${version}.${Buffer.from(content).toString('base64url')}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}
