import { createHmac } from 'node:crypto'
import { textOf } from '@holdpoint/policy/message-forms'
import type { Message } from '../../message.ts'
import type { Call } from '../../targets/calls.ts'
import type { Sender } from '../port.ts'

/** Messages to other systems, signed as Standard Webhooks says. */
export function webhookSender(call: Call, now: () => number): Sender {
  return {
    idOf: ({ noticeId }) => noticeId,
    send: (message) =>
      call(message.to, ['webhook'], ({ secrets }) => {
        const body = bodyOf(message)
        return { body, headers: signatureOf(message.noticeId, body, secrets, now()) }
      }),
    stop: () => {},
  }
}

/** The same for each attempt of a notice, as its id is: the receiver may take the first that comes and drop the others. */
function bodyOf({
  noticeId,
  orderId,
  caseIds,
  recipient,
  occasion,
  language,
  at,
  ...message
}: Message): string {
  const { subject, parts } = message
  const data = {
    noticeId,
    orderId,
    caseIds,
    recipient,
    occasion,
    language,
    subject,
    text: textOf(message),
    parts,
  }
  return JSON.stringify({ type: 'notice', timestamp: new Date(at).toISOString(), data })
}

/** One signature for each secret, so that a receiver that knows the old or the new one takes it. */
function signatureOf(
  id: string,
  body: string,
  secrets: readonly Buffer[],
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const signatures = secrets.map((secret) => {
    const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    return `v1,${signature}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
