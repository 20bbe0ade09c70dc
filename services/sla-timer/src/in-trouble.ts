import type { LanesObserver } from './handlers.ts'

/** Passes everything on, and knows whether every lane got what it last asked of Redis and Kafka. */
export function watchTrouble(observer: LanesObserver): LanesObserver & { none(): boolean } {
  const inTrouble = new Set<number>()
  return {
    ...observer,
    trouble(partition, error) {
      inTrouble.add(partition)
      observer.trouble(partition, error)
    },
    pending(partition, count) {
      inTrouble.delete(partition)
      observer.pending(partition, count)
    },
    closed(partition) {
      inTrouble.delete(partition)
      observer.closed(partition)
    },
    none: () => inTrouble.size === 0,
  }
}
