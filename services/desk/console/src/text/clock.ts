import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for everything on the screen that depends on the time. */
function everySecond(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** A text or number that depends on the wall clock; renders again only when it becomes another one. */
export function useTimely<T extends string | number | boolean>(valueAt: (now: number) => T): T {
  return useSyncExternalStore(everySecond, () => valueAt(Date.now()))
}
