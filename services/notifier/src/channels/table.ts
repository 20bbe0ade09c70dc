import type { Channel } from '@holdpoint/schemas'
import { mailFolderOf, type NotifierConfig } from '../config.ts'
import { createCalls } from '../targets/calls.ts'
import { createPost } from '../targets/edge/post.ts'
import type { Targets } from '../targets/targets.ts'
import type { TimeLimits } from '../time-limits.ts'
import { chatSender } from './chat/chat.ts'
import { deskSender } from './desk/desk.ts'
import type { Seal } from './email/about.ts'
import { mailFolder } from './email/edge/mail-folder.ts'
import { smtpWayOut } from './email/edge/smtp.ts'
import { emailSender } from './email/email.ts'
import { gathered } from './gathered.ts'
import { limited } from './limited.ts'
import type { Sender } from './port.ts'
import { webhookSender } from './webhook/webhook.ts'

/** Who sends what goes by a channel: one for each that there is. */
export type Senders = Readonly<Record<Exclude<Channel, 'UNKNOWN'>, Sender>>

/** Longest times, milliseconds. */
const [withinMs, connectMs, pauseMs] = [10_000, 4_000, 5_000]

/** Messages for a digest are asked for at one time, and come through several lanes. */
const gatherMs = 3_000

/** Systems take more in a minute than people. */
const systemFactor = 10

export interface SenderParts {
  targets: Targets
  limits: TimeLimits
  /** Seals what mails say of themselves. */
  seal: Seal
}

export function createSenders(config: NotifierConfig, parts: SenderParts): Senders {
  const { targets, limits } = parts
  const clock = { now: () => Date.now(), steady: () => performance.now() }
  const call = createCalls(targets, createPost({ withinMs, connectMs, limits }), clock)
  const perMinute = config.MESSAGES_PER_MINUTE
  return {
    EMAIL: email(config, parts, clock.steady),
    CHAT: limited(chatSender(call), perMinute, clock.steady),
    WEBHOOK: limited(webhookSender(call, clock.now), systemFactor * perMinute, clock.steady),
    DESK: deskSender,
  }
}

/** A folder takes as much as it gets. */
function email(config: NotifierConfig, { limits, seal }: SenderParts, steady: () => number): Sender {
  const { SMTP_URL: url, MAIL_FROM: from, MESSAGES_PER_MINUTE: perMinute } = config
  if (!url) return gathered(emailSender(mailFolder(mailFolderOf(config)), from, seal), gatherMs)
  const byMail = emailSender(smtpWayOut({ url, withinMs, limits, pauseMs }), from, seal)
  return gathered(limited(byMail, perMinute, steady), gatherMs)
}
