import { randomUUID } from 'node:crypto'
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs'
import { ChassisError } from '../errors.ts'
import { LaneState } from '../lane/lane-state.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import { messagesOf } from './batches/records.ts'
import { Continuity } from './continuity.ts'
import { consumerRetry, type KafkaAccess, newKafka } from './kafka-access.ts'
import { barrierKey } from './lane-producer.ts'

interface Restore {
  state: LaneState
  /** Offset of the record that ends it. */
  barrier: number
  reading: Continuity
  finish(state: LaneState): void
  giveUp(error: unknown): void
}

/**
 * Reads changelogs. One consumer serves all lanes of a process; it is alone in its group, has all partitions, and
 * reads only those that are being restored. After a crash it goes on in a group of a new name, which is quicker than
 * waiting for the old one.
 */
export class StateRestorer {
  readonly #access: KafkaAccess
  readonly #topic: string
  readonly #restores = new Map<number, Restore>()
  #consumer: Consumer | undefined
  #group = ''
  #joined = false
  #stopped = false

  constructor(access: KafkaAccess, topic: string) {
    this.#access = access
    this.#topic = topic
  }

  /** Resolves when the consumer runs; tries until then. */
  async start(): Promise<void> {
    for (let failures = 0; !this.#stopped; failures++) {
      try {
        return await this.#run()
      } catch (error) {
        this.#access.log.debug({ err: error, topic: this.#topic }, 'changelog cannot be read yet')
        await this.#leave(this.#consumer, this.#group)
        await pauseFor(backOffMs(failures))
      }
    }
  }

  async #run(): Promise<void> {
    this.#group = `${this.#access.clientId}-restore-${randomUUID()}`
    const consumer = newKafka(this.#access).consumer({
      groupId: this.#group,
      allowAutoTopicCreation: false,
      sessionTimeout: 6_000,
      heartbeatInterval: 1_000,
      maxWaitTimeInMs: 50,
      maxBytesPerPartition: 4_000_000,
      retry: { ...consumerRetry, restartOnFailure: async () => false },
    })
    this.#consumer = consumer
    consumer.on('consumer.group_join', ({ payload }) =>
      this.#onJoin(consumer, payload.memberAssignment[this.#topic] ?? []),
    )
    consumer.on('consumer.crash', () => this.#startAgain(consumer))
    await consumer.connect()
    await consumer.subscribe({ topic: this.#topic, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: async (payload) => this.#take(payload),
    })
  }

  /**
   * The state of a lane as of its barrier record. Resolves only when every record before it has been read; rejects
   * when `signal` is raised.
   */
  restore(partition: number, barrier: number, signal: AbortSignal): Promise<LaneState> {
    return new Promise((finish, reject) => {
      const restore = { state: new LaneState(), barrier, reading: new Continuity(0), finish, giveUp: reject }
      this.#restores.set(partition, restore)
      this.#read(partition, 0)
      signal.addEventListener('abort', () => {
        if (this.#restores.get(partition) === restore) this.#end(partition)
        reject(signal.reason)
      })
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#leave(this.#consumer, this.#group)
  }

  /** Runs before the first fetch. Partitions are named one by one: pausing one ends the pause of a whole topic. */
  #onJoin(consumer: Consumer, partitions: number[]): void {
    if (consumer !== this.#consumer) return
    this.#joined = true
    consumer.pause([{ topic: this.#topic, partitions }])
    for (const [partition, { reading }] of this.#restores) this.#read(partition, reading.next)
  }

  #read(partition: number, offset: number): void {
    if (!this.#joined) return
    this.#consumer?.seek({ topic: this.#topic, partition, offset: String(offset) })
    this.#consumer?.resume([{ topic: this.#topic, partitions: [partition] }])
  }

  #take({ batch, isStale, resolveOffset }: EachBatchPayload): void {
    const restore = this.#restores.get(batch.partition)
    if (!restore || isStale()) return
    const from = restore.reading.next
    if (restore.reading.judge(batch) === 'refetch') {
      this.#read(batch.partition, from)
      return
    }
    for (const message of messagesOf(batch)) {
      if (message.unreadable) {
        this.#end(batch.partition)
        restore.giveUp(stateUnreadable(batch.topic, batch.partition, message.unreadable))
        return
      }
      if (Number(message.offset) >= from) keep(restore.state, message)
    }
    resolveOffset(batch.lastOffset())
    if (restore.reading.next <= restore.barrier) return
    this.#end(batch.partition)
    restore.finish(restore.state)
  }

  #end(partition: number): void {
    this.#restores.delete(partition)
    if (this.#joined) this.#consumer?.pause([{ topic: this.#topic, partitions: [partition] }])
  }

  async #startAgain(consumer: Consumer): Promise<void> {
    if (consumer !== this.#consumer || this.#stopped) return
    this.#joined = false
    await this.#leave(consumer, this.#group)
    await this.start()
  }

  async #leave(consumer: Consumer | undefined, group: string): Promise<void> {
    await consumer?.disconnect().catch(() => undefined)
    await deleteGroup(this.#access, group)
  }
}

/** Going on without a part of the state would forget orders: the lane waits until somebody has seen to it. */
function stateUnreadable(topic: string, partition: number, why: string): ChassisError {
  return new ChassisError('STATE_UNREADABLE', `The state in ${topic}-${partition} cannot be read: ${why}`, {
    canRetry: true,
  })
}

function keep(state: LaneState, { key, value }: Pick<KafkaMessage, 'key' | 'value'>): void {
  const text = key?.toString() ?? ''
  // A copy: the message is a slice of the whole answer of the broker, which it would keep in memory.
  if (text !== barrierKey) state.set(text, value && Buffer.from(value))
}

/** Groups of one run of a process are of no use after it; one that cannot be deleted now expires by itself. */
export async function deleteGroup(access: KafkaAccess, group: string): Promise<void> {
  const admin = newKafka(access, { retries: 1, initialRetryTime: 50 }).admin()
  try {
    await admin.connect()
    await admin.deleteGroups([group])
  } catch {
    // It expires by itself.
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
