import { renderTemplate } from '@holdpoint/policy/messages'
import type { NoticeRequest } from '@holdpoint/schemas'

export type Rendered = { subject: string; body: string } | { problem: string }

/** Fills the notice's templates with its data. Plain text; the subject is one line, so it can start no header. */
export function render({ subject, body, data }: Pick<NoticeRequest, 'subject' | 'body' | 'data'>): Rendered {
  const head = renderTemplate(subject, data)
  if ('problem' in head) return head
  const rest = renderTemplate(body, data)
  return 'problem' in rest ? rest : { subject: oneLine(head.text), body: rest.text }
}

/** Line breaks and other control characters become blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
