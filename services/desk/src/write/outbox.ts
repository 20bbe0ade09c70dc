import type { Publisher } from '@holdpoint/chassis'
import type { Messages, TopicName } from '@holdpoint/schemas'

/**
 * `sent`: every replica has it. `away`: Kafka or the registry was not reached, nothing was sent. `unknown`: it may be
 * there or not.
 */
export type Sent = 'sent' | 'away' | 'unknown'

/** Publishes the desk's own records. Never waits for Kafka for longer than `withinMs`; rejects what can never be sent. */
export interface Outbox {
  send<T extends TopicName>(
    topic: T,
    records: readonly { key: string; value: Messages[T] | null }[],
  ): Promise<Sent>
}

export function createOutbox(publisher: () => Promise<Publisher>, withinMs = 10_000): Outbox {
  let opened: Publisher | undefined
  return {
    send: async (topic, records) => {
      opened ??= await publisher()
      const sent = await within(opened.send(topic, records), withinMs)
      if (sent.outcome === 'done') return 'sent'
      if (sent.outcome === 'late') return 'unknown'
      const code = codeOf(sent.error)
      if (code === 'KAFKA_AWAY' || code === 'REGISTRY_AWAY') return 'away'
      if (code === 'PUBLISH_UNKNOWN') return 'unknown'
      throw sent.error
    },
  }
}

type Within<T> = { outcome: 'done'; value: T } | { outcome: 'failed'; error: unknown } | { outcome: 'late' }

async function within<T>(work: Promise<T>, ms: number): Promise<Within<T>> {
  const { promise: late, resolve } = Promise.withResolvers<Within<T>>()
  const timer = setTimeout(() => resolve({ outcome: 'late' }), ms)
  const settled = work.then(
    (value): Within<T> => ({ outcome: 'done', value }),
    (error): Within<T> => ({ outcome: 'failed', error }),
  )
  return Promise.race([settled, late]).finally(() => clearTimeout(timer))
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
