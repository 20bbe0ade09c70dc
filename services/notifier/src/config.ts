import { join } from 'node:path'
import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'
import { parseAddress } from './channels/email/mail.ts'

const madeUpSender = 'holdpoint@localhost'

export const shape = serviceEnvironment.extend({
  /** Mail server: smtp://user:password@host:port or smtps://… */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Folder for mails as .eml files, when there is no SMTP_URL. */
  MAIL_DIR: z.string().min(1).optional(),
  /** Who the mails come from: an address, or `Name <address>`. The name is that of the company where a notice has one. */
  MAIL_FROM: z.string().default(`Holdpoint <${madeUpSender}>`).transform(toAddress),
  /** The address at which people open the desk; links in messages lead there. */
  DESK_URL: z
    .url({ protocol: /^https?$/, error: 'the address that people open, as http(s)://host:port' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** File of the private key that signs links to answer; made at the first start. */
  ANSWER_KEY_FILE: z.string().optional(),
  /** File that says where chats and webhooks are. */
  TARGETS_FILE: z.string().optional(),
  /** Maildir into which mails that come back are put. */
  BOUNCE_DIR: z.string().min(1).optional(),
  /** How many messages one address or chat is sent within a minute; a webhook takes ten times as many. */
  MESSAGES_PER_MINUTE: z.coerce.number('a number of messages').int().min(1).max(100_000).default(60),
})

function toAddress(text: string, context: z.RefinementCtx) {
  const address = parseAddress(text)
  if (address) return { name: address.name || 'Holdpoint', address: address.address }
  context.addIssue({ code: 'custom', message: 'write an address such as Orders <orders@example.com>' })
  return z.NEVER
}

export type NotifierConfig = z.infer<typeof shape>

export const readConfig = (): NotifierConfig => loadConfig(shape)

export function mailFolderOf({ MAIL_DIR, DATA_DIR }: NotifierConfig): string {
  return MAIL_DIR ?? join(DATA_DIR, 'mail')
}

export function answerKeyFileOf({ ANSWER_KEY_FILE, DATA_DIR }: NotifierConfig): string {
  return ANSWER_KEY_FILE ?? join(DATA_DIR, 'answer-key.pem')
}

/** What works and is surely not meant. */
export function warningsOf({ SMTP_URL, MAIL_FROM, DESK_URL }: NotifierConfig): string[] {
  if (!SMTP_URL) return []
  return [
    ...(MAIL_FROM.address === madeUpSender
      ? [`Mails come from ${madeUpSender}, which nobody can answer and most servers refuse: set MAIL_FROM.`]
      : []),
    ...(DESK_URL
      ? []
      : ['Messages have no links to cases and questions: set DESK_URL to the address of the desk.']),
  ]
}
