import type { TopicName } from '@holdpoint/schemas'
import type { Seen } from './projection/projection.ts'

export type Listener = (records: readonly Seen<TopicName>[]) => void

/** Tells who listens what has just been committed to the read model. */
export interface Feed {
  emit: Listener
  /** Returns the function that ends it. */
  listen(listener: Listener): () => void
  /** The first record from now on that matches; undefined when none came in time. `cancel` gives up at once. */
  next<T extends TopicName>(
    topic: T,
    matches: (record: Seen<T>) => boolean,
    withinMs: number,
  ): { found: Promise<Seen<T> | undefined>; cancel(): void }
}

export function createFeed(): Feed {
  const listeners = new Set<Listener>()
  const listen = (listener: Listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    emit: (records) => {
      for (const listener of listeners) listener(records)
    },
    listen,
    next: <T extends TopicName>(topic: T, matches: (record: Seen<T>) => boolean, withinMs: number) => {
      const { promise, resolve } = Promise.withResolvers<Seen<T> | undefined>()
      const end = (record?: Seen<T>) => {
        stop()
        clearTimeout(timer)
        resolve(record)
      }
      const stop = listen((records) => {
        if (records[0]?.topic !== topic) return
        const record = (records as readonly Seen<TopicName>[] as readonly Seen<T>[]).find(matches)
        if (record) end(record)
      })
      const timer = setTimeout(end, withinMs)
      return { found: promise, cancel: () => end() }
    },
  }
}
