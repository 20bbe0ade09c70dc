/** Ids for the commands of one form. */
export interface Attempts {
  /**
   * The same content has the same id until the desk has answered it, so that pressing twice, or again after a lost
   * answer, is one command.
   */
  idFor(content: unknown): string
  /** The desk has answered: what is sent next is a command of its own. */
  answered(): void
}

export function createAttempts(newId: () => string = randomId): Attempts {
  let last: { content: string; id: string } | undefined
  return {
    idFor(content) {
      const text = JSON.stringify(content)
      if (last?.content !== text) last = { content: text, id: newId() }
      return last.id
    },
    answered() {
      last = undefined
    },
  }
}

/** 128 random bits; `crypto.randomUUID` would need https. */
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
