import { createHash } from 'node:crypto'
import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '../mail.ts'

/**
 * A mail in nodemailer's terms: nothing is read from files or addresses. The boundary between its parts is a hash of them,
 * so that the same mail has the same bytes and no text can hold the boundary that it stands in.
 */
export function compose(mail: Mail): SendMailOptions {
  const { html, replyTo, listId } = mail
  return {
    messageId: mail.messageId,
    inReplyTo: mail.thread,
    references: mail.thread,
    from: mail.from,
    to: mail.to,
    ...(replyTo ? { replyTo } : {}),
    subject: mail.subject,
    text: mail.text,
    ...(html === undefined ? {} : { html }),
    date: new Date(mail.date),
    textEncoding: 'quoted-printable',
    baseBoundary: boundaryOf(mail),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': mail.language,
      'X-Holdpoint-Notice': mail.about,
    },
    list: { id: { url: listId.address, comment: listId.name } },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  }
}

function boundaryOf({ messageId, subject, text, html = '' }: Mail): string {
  return createHash('sha256').update(`${messageId}\0${subject}\0${text}\0${html}`).digest('hex').slice(0, 32)
}
