import { createHash } from 'node:crypto'
import type { MessagePart } from '@holdpoint/policy/message-forms'
import type { Message } from '../message.ts'
import type { Delivered, Sender } from './port.ts'

/**
 * Makes one message of those to an address that are for its digest and come within so many milliseconds of the first: they
 * are asked for at one time of day. All of them have the outcome of the one. Others go as they are.
 */
export function gathered(sender: Sender, withinMs: number): Sender {
  const waiting = new Map<string, Gathering>()
  return {
    ...sender,
    send(message) {
      if (!message.digest) return sender.send(message)
      const key = message.to.toLowerCase()
      const gathering = waiting.get(key) ?? begin(() => waiting.delete(key))
      waiting.set(key, gathering)
      gathering.messages.push(message)
      return gathering.outcome
    },
  }

  function begin(end: () => void): Gathering {
    const { promise: outcome, resolve } = Promise.withResolvers<Delivered>()
    const messages: Message[] = []
    setTimeout(() => {
      end()
      resolve(sender.send(digestOf(messages)))
    }, withinMs)
    return { messages, outcome }
  }
}

interface Gathering {
  messages: Message[]
  outcome: Promise<Delivered>
}

/** One message of several: the heading and the facts of each, and the way to it. A single one stays what it is. */
export function digestOf(messages: readonly Message[]): Message {
  const [first, ...others] = messages as [Message, ...Message[]]
  if (others.length === 0) return first
  const ids = messages.map(({ noticeId, attempt }) => `${noticeId}.${attempt}`).sort()
  return {
    ...first,
    noticeId: `D-${createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 16)}`,
    caseIds: messages.flatMap(({ caseIds }) => caseIds),
    subject: `${messages.length} things for you today`,
    parts: messages.flatMap(sectionOf),
  }
}

/** The case itself is one step away, with all that can be done about it. */
function sectionOf({ subject, parts }: Message): MessagePart[] {
  const link = parts.find(({ kind }) => kind === 'link')
  const told = parts.filter(({ kind }) => kind === 'quote' || kind === 'fact')
  return [{ kind: 'text', text: subject }, ...told, ...(link ? [link] : [])]
}
