import type { Messages, TopicName } from '@holdpoint/schemas'
import type { Publisher } from '../../port.ts'

/** A publisher that keeps what it is given; `fail` makes the next sends reject. */
export interface MemoryPublisher extends Publisher {
  readonly sent: { topic: TopicName; key: string; value: unknown; partition?: number }[]
  fail(error: Error | undefined): void
}

export function memoryPublisher(): MemoryPublisher {
  const sent: MemoryPublisher['sent'] = []
  let failure: Error | undefined
  const take = (records: MemoryPublisher['sent']) => {
    if (failure) throw failure
    sent.push(...records)
  }
  return {
    sent,
    fail(error) {
      failure = error
    },
    async send<T extends TopicName>(
      topic: T,
      records: readonly { key: string; value: Messages[T] | null; partition?: number }[],
    ) {
      take(records.map((record) => ({ topic, ...record })))
    },
    async sendBytes(topic, records) {
      take(records.map((record) => ({ topic, ...record, key: record.key?.toString() ?? '' })))
    },
    async stop() {},
  }
}
