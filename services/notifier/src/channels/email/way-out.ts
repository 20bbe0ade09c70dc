import type { Delivered } from '../port.ts'
import type { Mail } from './mail.ts'

/** A way by which mails leave the house. Ends within a bounded time and never rejects. */
export interface WayOut {
  deliver(mail: Mail): Promise<Delivered>
  stop(): void
}
