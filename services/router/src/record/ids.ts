import { type CaseState, sha256 } from '@holdpoint/schemas'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `C-` and ten characters: the same finding of the same revision always gives the same case. */
export function caseIdOf(orderId: string, type: string, requestId: string, revision: number): string {
  return `C-${tenCharacters([orderId, type, requestId, String(revision)])}`
}

/** The same for a case that no finding opened: `cause` is the command, or the place in the order's history. */
export function caseIdBy(orderId: string, type: string, cause: string): string {
  return `C-${tenCharacters([orderId, type, 'by', cause])}`
}

/** `N-` and ten characters: one notice per order and occasion. */
export function noticeIdOf(orderId: string, occasion: string): string {
  return `N-${tenCharacters([orderId, occasion])}`
}

/** One try of a notice. */
export const attemptId = ({ noticeId, attempt }: { noticeId: string; attempt: number }): string =>
  `${noticeId}:${attempt}`

/** Corrections of a case are numbered. Cases of earlier releases had one at most each time that they were open. */
export function correctionIdOf({ caseId, corrected, reopened }: CaseState): string {
  return `${caseId}:${Math.max(corrected, reopened) + 1}`
}

/** The number of a correction within its case. */
export function numberOf(correctionId: string): number {
  return Number(correctionId.slice(correctionId.lastIndexOf(':') + 1))
}

/** The first 50 bits of the SHA-256 of the parts, in Crockford's base32. */
function tenCharacters(parts: readonly string[]): string {
  let bits = BigInt(`0x${sha256(JSON.stringify(parts)).slice(0, 13)}`) >> 2n
  let text = ''
  for (let i = 0; i < 10; i++) {
    text = crockford[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}
