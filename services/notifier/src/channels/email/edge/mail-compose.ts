import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '../mail.ts'

/** A mail in nodemailer's terms: plain text only, nothing read from files or addresses. */
export function compose(mail: Mail): SendMailOptions {
  return {
    messageId: mail.messageId,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    date: new Date(mail.date),
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  }
}
