import type { Publisher } from '@holdpoint/chassis'
import type { Messages, TopicName } from '@holdpoint/schemas'

/** `sent`: every replica has it. `away`: Kafka was not reached, nothing was sent. `unknown`: it may be there or not. */
export type Sent = 'sent' | 'away' | 'unknown'

/** Publishes the desk's own records. Never waits for Kafka for longer than `withinMs`. */
export interface Outbox {
  send<T extends TopicName>(
    topic: T,
    records: readonly { key: string; value: Messages[T] | null }[],
  ): Promise<Sent>
}

/** `publisher` is asked for at the first use and again after it failed. */
export function createOutbox(publisher: () => Promise<Publisher>, withinMs = 10_000): Outbox {
  let opening: Promise<Publisher> | undefined
  const open = () => {
    opening ??= publisher().catch((error) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    send: async (topic, records) => {
      const opened = await within(open(), withinMs)
      if (opened.outcome !== 'done') return 'away'
      const sent = await within(opened.value.send(topic, records), withinMs)
      if (sent.outcome === 'done') return 'sent'
      return sent.outcome === 'failed' && codeOf(sent.error) === 'KAFKA_AWAY' ? 'away' : 'unknown'
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
