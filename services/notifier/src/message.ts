import type { AnswerLink } from '@holdpoint/answer-links'
import type { MessagePart } from '@holdpoint/policy/message-forms'
import type { Instant, NoticeParagraph, NoticeRequest } from '@holdpoint/schemas'
import { cut } from './cut.ts'
import { oneLine, render } from './render.ts'

export type Part = MessagePart

/** What somebody is to read, whatever the channel: the same notice and attempt always give the same one. */
export interface Message {
  noticeId: string
  orderId: string
  caseIds: readonly string[]
  attempt: number
  recipient: 'CUSTOMER' | 'STAFF'
  /** An e-mail address, or the name of a target. */
  to: string
  toName: string
  /** Name of the company that writes; empty for the sender's own. */
  fromName: string
  replyTo: string
  /** One mail of all such messages of a moment is wanted. */
  digest: boolean
  occasion: string
  /** A language tag such as `de`. */
  language: string
  /** One line of at most 300 characters as people count them. */
  subject: string
  parts: readonly Part[]
  /** The text as a template gave it, where nobody wrote it in parts. */
  plain?: string
  /** When it was asked for. */
  at: Instant
}

/** What links are made of. Without the address of the desk there are none. */
export interface Links {
  deskUrl: string | undefined
  /** The signed token of a link by which the customer answers. */
  tokenOf(link: AnswerLink): string
}

const longestSubject = 300

/** The message of a notice, or why it can never be one. */
export function messageOf(notice: NoticeRequest, links: Links): { message: Message } | { problem: string } {
  const written = notice.paragraphs.length > 0 ? writtenIn(notice, links) : filledIn(notice)
  if ('problem' in written) return written
  const { noticeId, orderId, caseIds, attempt, to, occasion, at } = notice
  return {
    message: {
      noticeId,
      orderId,
      caseIds,
      attempt,
      recipient: notice.recipient === 'STAFF' ? 'STAFF' : 'CUSTOMER',
      to,
      toName: nameOf(notice.toName),
      fromName: nameOf(notice.fromName),
      replyTo: notice.replyTo,
      digest: notice.digest,
      occasion,
      language: languageOf(notice),
      ...written,
      subject: cut(written.subject, longestSubject),
      at,
    },
  }
}

type Written = Pick<Message, 'subject' | 'parts' | 'plain'>

/** A message that is written already is sent as it is. */
function writtenIn(notice: NoticeRequest, links: Links): Written {
  const parts = notice.paragraphs.flatMap((paragraph) => partOf(paragraph, notice, links))
  return { subject: oneLine(notice.subject), parts }
}

/** Requests of before carry templates and values. */
function filledIn(notice: NoticeRequest): Written | { problem: string } {
  const rendered = render(notice)
  if ('problem' in rendered) return rendered
  const { subject, body } = rendered
  const texts = body.split(/\n{2,}/).filter((text) => text.trim() !== '')
  return { subject, plain: body, parts: texts.map((text) => ({ kind: 'text', text: text.trimEnd() })) }
}

function partOf(paragraph: NoticeParagraph, notice: NoticeRequest, links: Links): Part[] {
  const text = writable(paragraph.text)
  switch (paragraph.kind) {
    case 'TEXT':
    case 'UNKNOWN':
      return [{ kind: 'text', text }]
    case 'QUOTE':
      return [{ kind: 'quote', text }]
    case 'SIGNATURE':
      return [{ kind: 'signature', text }]
    case 'FACT': {
      const [label = '', ...value] = text.split('\t')
      return [{ kind: 'fact', label, value: value.join(' ') }]
    }
    case 'CASE_LINK':
      return linkTo(text, links.deskUrl && caseUrl(links.deskUrl, paragraph, notice))
    case 'ANSWER_LINK':
      return linkTo(text, links.deskUrl && answerUrl(links.deskUrl, paragraph, notice, links))
    default:
      throw new Error(`${paragraph.kind satisfies never} is no kind of paragraph.`)
  }
}

function linkTo(text: string, url: string | undefined): Part[] {
  return url ? [{ kind: 'link', text, url }] : []
}

function caseUrl(
  deskUrl: string,
  { caseId, action }: NoticeParagraph,
  { orderId, caseIds }: NoticeRequest,
): string {
  const query = action ? `?${new URLSearchParams({ action })}` : ''
  const about = caseId || caseIds[0]
  const place = about ? `#${encodeURIComponent(about)}` : ''
  return `${deskUrl}/orders/${encodeURIComponent(orderId)}${query}${place}`
}

/** A link that nothing ends would be good for ever: there is none. */
function answerUrl(
  deskUrl: string,
  { caseId, questionId, until }: NoticeParagraph,
  notice: NoticeRequest,
  { tokenOf }: Links,
): string | undefined {
  if (until === null || notice.recipient === 'STAFF') return undefined
  const { orderId } = notice
  return `${deskUrl}/answer/${tokenOf({ orderId, caseId, questionId, until, language: languageOf(notice) })}`
}

function languageOf({ language }: NoticeRequest): string {
  return /^[A-Za-z0-9-]{1,35}$/.test(language) ? language : 'en'
}

/** A name is one short line, and nothing in it turns the direction in which what follows is read. */
function nameOf(name: string): string {
  return cut(oneLine(name).replaceAll(/\p{Bidi_Control}/gu, ''), 100)
}

/** Without the characters that no text can hold; line breaks and tabs stay. */
function writable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
    .trim()
}
