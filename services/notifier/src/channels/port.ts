import type { Mail } from './email/mail.ts'

/** How an attempt ended. A failure is an answer, never an exception; `permanent`: a repeat cannot help. */
export type Delivered = { sent: true; detail: string } | { sent: false; permanent: boolean; detail: string }

/** Brings a mail out of the house. Ends within a bounded time and never rejects. */
export interface Delivery {
  deliver(mail: Mail): Promise<Delivered>
  stop(): void
}
