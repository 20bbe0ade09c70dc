import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, connect, type Publisher } from '@holdpoint/chassis'
import type { OrderEvent } from '@holdpoint/schemas'
import { Failure } from '../failures.ts'
import type { Places } from '../places.ts'
import { silenceTimerWarning } from './quiet-client.ts'
import type { Upstream } from './upstream.ts'

const topic = 'orders.inbound.v1'
/** How long a batch is tried again when Kafka does not confirm it. */
const tryForMs = 60_000

/** Sends as an upstream system with a Kafka client does. */
export async function kafkaUpstream(places: Places): Promise<Upstream> {
  const connection = await connectKafka(places)
  const publisher = await connection.publisher()
  return {
    batch: 1_000,
    async send(events) {
      await sendUntilConfirmed(publisher, events)
      return []
    },
    stop: () => connection.stop(),
  }
}

/** Rejects with a failure that says what to do. */
export async function connectKafka({ kafka, registry }: Places): Promise<Connection> {
  silenceTimerWarning()
  try {
    return await connect({ brokers: kafka.split(','), registryUrl: registry, clientId: 'holdpoint-cli' })
  } catch (cause) {
    throw new Failure(
      'KAFKA_AWAY',
      `Kafka cannot be reached at ${kafka}. Is Holdpoint running? Start it with npm start, or name the address with ` +
        '--kafka or KAFKA_BROKERS.',
      { cause },
    )
  }
}

/** Events keep their ids, so that intake drops what had arrived before the answer was lost. */
async function sendUntilConfirmed(publisher: Publisher, events: readonly OrderEvent[]): Promise<void> {
  const records = events.map((event) => ({ key: event.orderId, value: event }))
  const giveUpAt = Date.now() + tryForMs
  for (let wait = 200; ; wait = Math.min(2 * wait, 3_000)) {
    try {
      return await publisher.send(topic, records)
    } catch (error) {
      const { canRetry, code, message } = error as { canRetry?: boolean; code?: string; message: string }
      if (!canRetry || Date.now() > giveUpAt) throw new Failure(code ?? 'NOT_SENT', message, { cause: error })
      await sleep(wait)
    }
  }
}
