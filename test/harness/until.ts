import { setTimeout as pause } from 'node:timers/promises'

/** Asks again and again until the answer is neither undefined, null nor false, and gives it. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { withinMs = 30_000, everyMs = 50 } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== null && answer !== false) return answer
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs / 1000} s: ${what}`)
    await pause(everyMs)
  }
}
