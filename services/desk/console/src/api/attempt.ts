/** What was sent and has not been answered: its command id, what it said, and when. */
export interface Attempt {
  id: string
  content: string
  /** Milliseconds UTC. */
  at: number
}

/**
 * The attempt to send this now. The same content has the same id until the desk has answered it, so that pressing
 * twice, or again after a lost answer or a reload, is one command.
 */
export function attemptOf(
  before: Attempt | null,
  content: unknown,
  now = Date.now(),
  newId: () => string = randomId,
): Attempt {
  const text = JSON.stringify(content)
  return before?.content === text ? { ...before, at: now } : { id: newId(), content: text, at: now }
}

/** Something else was sent and has not been answered: what became of it has to be known before this is sent. */
export const isOvertaken = (before: Attempt | null, content: unknown): before is Attempt =>
  before !== null && before.content !== JSON.stringify(content)

/** 128 random bits; `crypto.randomUUID` would need https. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
