import type { Target } from './targets.ts'

/** What a target said, or why it said nothing. */
export type Answer =
  | { kind: 'answered'; status: number; retryAfter: string; text: string }
  /** It may not be written to: it lies where no message goes. */
  | { kind: 'refused' }
  /** Nothing was heard within the limit. */
  | { kind: 'silent' }
  /** `code`: what the operating system or TLS calls it. */
  | { kind: 'unreachable'; code: string }

/** Sends a body to a target, once, following nothing. Ends within a bounded time and never rejects. */
export type Post = (
  target: Pick<Target, 'url' | 'isPrivate'>,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<Answer>
