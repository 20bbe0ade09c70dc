import type { Messages, TopicName } from '@holdpoint/schemas'
import type { Table } from '../../port.ts'

/** A table whose content a test sets. */
export interface MemoryTable<T extends TopicName> extends Table<T> {
  set(key: string, value: Messages[T] | null): void
}

export function memoryTable<T extends TopicName>(
  entries: Iterable<readonly [string, Messages[T]]> = [],
): MemoryTable<T> {
  const rows = new Map<string, Messages[T]>(entries)
  const listeners: ((key: string, value: Messages[T] | null) => void)[] = []
  return {
    get: (key) => rows.get(key),
    values: () => [...rows.values()],
    onChange(listener) {
      listeners.push(listener)
      for (const [key, value] of rows) listener(key, value)
    },
    isUpToDate: () => true,
    set(key, value) {
      if (value === null) rows.delete(key)
      else rows.set(key, value)
      for (const listener of listeners) listener(key, value)
    },
    async stop() {},
  }
}
