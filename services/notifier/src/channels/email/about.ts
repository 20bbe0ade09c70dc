import { timingSafeEqual } from 'node:crypto'

/** What a mail says of itself, so that its bounce finds order and notice again. */
export interface About {
  orderId: string
  noticeId: string
  attempt: number
}

/** A short text that nobody else can make for this text. */
export type Seal = (text: string) => string

/** `<orderId in base64url> <noticeId> <attempt> <seal>`. Sealed, as anybody can send a report of what never came back. */
export function writeAbout({ orderId, noticeId, attempt }: About, seal: Seal): string {
  const text = `${Buffer.from(orderId).toString('base64url')} ${noticeId} ${attempt}`
  return `${text} ${seal(text)}`
}

/** What such a header says; undefined when it is none, or when its seal is not ours. */
export function readAbout(header: string, seal: Seal): About | undefined {
  const [orderId, noticeId, attempt, found, ...more] = header.trim().split(/\s+/)
  if (!orderId || !noticeId || !attempt || !found || more.length > 0) return undefined
  const [ours, theirs] = [Buffer.from(seal(`${orderId} ${noticeId} ${attempt}`)), Buffer.from(found)]
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined
  return { orderId: Buffer.from(orderId, 'base64url').toString('utf8'), noticeId, attempt: Number(attempt) }
}
