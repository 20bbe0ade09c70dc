import { join } from 'node:path'
import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'
import { parseAddress } from './channels/email/mail.ts'

export const shape = serviceEnvironment.extend({
  /** Mail server: smtp://user:password@host:port or smtps://… */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Folder for mails as .eml files, when there is no SMTP_URL. */
  MAIL_DIR: z.string().min(1).optional(),
  /** Who the mails come from: an address, or `Name <address>`. */
  MAIL_FROM: z.string().default('Holdpoint <holdpoint@localhost>').transform(toAddress),
})

function toAddress(text: string, context: z.RefinementCtx) {
  const address = parseAddress(text)
  if (address) return address
  context.addIssue({ code: 'custom', message: 'write an address such as Orders <orders@example.com>' })
  return z.NEVER
}

export type NotifierConfig = z.infer<typeof shape>

export const readConfig = (): NotifierConfig => loadConfig(shape)

export function mailFolderOf({ MAIL_DIR, DATA_DIR }: NotifierConfig): string {
  return MAIL_DIR ?? join(DATA_DIR, 'mail')
}
