import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { htmlOf, textOf } from '@holdpoint/policy/message-forms'
import { type Instant, isMailAddress } from '@holdpoint/schemas'
import type { Message } from '../../message.ts'
import { oneLine } from '../../render.ts'
import { type Seal, writeAbout } from './about.ts'

export interface Address {
  name: string
  address: string
}

/** A message as a mail: the same notice and attempt always give the same one. */
export interface Mail {
  noticeId: string
  messageId: string
  /** Message-ID that nobody has sent: mail programs put the mails of an order together by it. */
  thread: string
  listId: Address
  /** By what a bounce finds order and notice again. */
  about: string
  from: Address
  to: Address
  replyTo: Address | undefined
  subject: string
  text: string
  /** Undefined for texts of a template, which are plain. */
  html: string | undefined
  language: string
  date: Instant
}

/** The mail of a message, or why it can never be one. `from`: who sends, unless the message names the company. */
export function mailOf(message: Message, from: Address, seal: Seal): { mail: Mail } | { problem: string } {
  const { noticeId, to, toName, fromName, replyTo, subject, language, at } = message
  if (!isMailAddress(to)) return { problem: `"${oneLine(to)}" is no e-mail address.` }
  const name = fromName || from.name
  return {
    mail: {
      noticeId,
      messageId: messageIdOf(message, from),
      thread: threadOf(message, from),
      listId: listOf(message, name, from),
      about: writeAbout(message, seal),
      from: { name, address: from.address },
      to: { name: toName, address: to },
      replyTo: isMailAddress(replyTo) ? { name, address: replyTo } : undefined,
      subject,
      text: textOf(message),
      html: message.plain === undefined ? htmlOf(message) : undefined,
      language,
      date: at,
    },
  }
}

/** The same attempt always has the same Message-ID, so that a repeat after a crash can be told. */
export function messageIdOf(
  { noticeId, attempt }: Pick<Message, 'noticeId' | 'attempt'>,
  from: Address,
): string {
  return `<${noticeId}.${attempt}@${domainOf(from)}>`
}

/** One for each order and side: what the staff is written is no part of what the customer is. */
function threadOf({ orderId, recipient }: Message, from: Address): string {
  const order = createHash('sha256').update(orderId).digest('hex').slice(0, 24)
  return `<order-${order}.${recipient.toLowerCase()}@${domainOf(from)}>`
}

function listOf({ recipient }: Message, name: string, from: Address): Address {
  const list = recipient === 'STAFF' ? 'staff' : 'orders'
  return { name: `${name}, ${list}`, address: `${list}.${domainOf(from)}` }
}

function domainOf({ address }: Address): string {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return domainToASCII(domain) || domain
}

/** Reads `Name <address>` or a bare address. */
export function parseAddress(text: string): Address | undefined {
  const named = /^([^<>]*)<([^<>]+)>$/.exec(text.trim())
  const address = (named?.[2] ?? text).trim()
  const name = oneLine((named?.[1] ?? '').replaceAll('"', ''))
  return isMailAddress(address) ? { name, address } : undefined
}
