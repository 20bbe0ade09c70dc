import { z } from 'zod'
import { instant, named, text } from './registry.ts'

/** What somebody of the staff was told. */
export const Notification = named(
  'Notification',
  z.object({
    noticeId: text,
    orderId: text,
    caseIds: z.array(text),
    occasion: text.describe(
      'Why: yours, escalated, reminded, answered, changed, asked, review, decided, unreachable, unreached',
    ),
    channel: text.describe('EMAIL when it was mailed as well, DESK when it is only here'),
    subject: text,
    text: text.describe('What it says, without its links'),
    at: instant,
  }),
)
export type Notification = z.infer<typeof Notification>
