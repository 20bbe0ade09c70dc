import { type Instant, isMailAddress, type NoticeRequest } from '@holdpoint/schemas'
import { oneLine, render } from '../../render.ts'

export interface Address {
  name: string
  address: string
}

/** A message that is ready to be sent: the same notice and attempt always give the same one. */
export interface Mail {
  noticeId: string
  messageId: string
  from: Address
  to: Address
  subject: string
  text: string
  language: string
  date: Instant
}

/** The mail of a notice, or why it can never be one. */
export function mailOf(notice: NoticeRequest, from: Address): { mail: Mail } | { problem: string } {
  if (notice.channel !== 'EMAIL') return { problem: 'The channel is not known: only EMAIL can be sent.' }
  if (!isMailAddress(notice.to)) return { problem: `"${oneLine(notice.to)}" is no e-mail address.` }
  const rendered = render(notice)
  if ('problem' in rendered) return rendered
  return {
    mail: {
      noticeId: notice.noticeId,
      messageId: messageIdOf(notice, from),
      from,
      to: { name: oneLine(notice.toName), address: notice.to },
      subject: rendered.subject,
      text: rendered.body,
      language: /^[A-Za-z0-9-]{1,35}$/.test(notice.language) ? notice.language : 'en',
      date: notice.at,
    },
  }
}

/** The same attempt always has the same Message-ID, so that a repeat after a crash can be told. */
export function messageIdOf({ noticeId, attempt }: NoticeRequest, from: Address): string {
  return `<${noticeId}.${attempt}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`
}

/** Reads `Name <address>` or a bare address. */
export function parseAddress(text: string): Address | undefined {
  const named = /^([^<>]*)<([^<>]+)>$/.exec(text.trim())
  const address = (named?.[2] ?? text).trim()
  const name = oneLine((named?.[1] ?? '').replaceAll('"', ''))
  return isMailAddress(address) ? { name, address } : undefined
}
