import { setTimeout as wait } from 'node:timers/promises'

const shortest = 100
const longest = 5_000

/** How long to wait before a try, milliseconds: doubling, with jitter, at most 5 s. */
export function backOffMs(failures: number, random = Math.random): number {
  const ceiling = Math.min(longest, shortest * 2 ** Math.min(failures, 10))
  return ceiling / 2 + (ceiling / 2) * random()
}

/** Waits; ends early, without an error, when `signal` is raised. */
export async function pauseFor(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
}
