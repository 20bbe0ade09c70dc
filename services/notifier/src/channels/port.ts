import type { Message } from '../message.ts'

/** How an attempt ended. A failure is an answer, never an exception; `permanent`: a repeat cannot help. */
export type Delivered = { sent: true; detail: string } | { sent: false; permanent: boolean; detail: string }

/** One channel by which messages leave the house. */
export interface Sender {
  /** By what the receiver tells a repeat of this attempt; empty where the channel has no such thing. */
  idOf(message: Message): string
  /**
   * Ends within a bounded time and never rejects. Called for several messages at once. `detail` is read by people and
   * kept for ever: it holds no secret, no address of a target and no path of this machine.
   */
  send(message: Message): Promise<Delivered>
  stop(): void
}

export function refused(detail: string): Delivered {
  return { sent: false, permanent: true, detail }
}

export function failedForNow(detail: string): Delivered {
  return { sent: false, permanent: false, detail }
}
