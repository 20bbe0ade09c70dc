import type { LaneRecord, Running } from '@holdpoint/chassis'
import type { TopicName } from '@holdpoint/schemas'
import type { Workbench } from './workbench.ts'

/** Calls `take` for each record that comes to a topic from now on. */
export async function watch<T extends TopicName>(
  bench: Workbench,
  topic: T,
  take: (record: LaneRecord<T>) => void,
): Promise<Running> {
  let caughtUp = false
  const ready = Promise.withResolvers<void>()
  const running = await bench.connection.follow({
    topics: [topic],
    from: () => 0,
    async onBatch(_topic, _partition, records) {
      if (caughtUp) for (const record of records) take(record)
    },
    onCaughtUp() {
      caughtUp = true
      ready.resolve()
    },
  })
  await ready.promise
  return running
}

/** Publishes encoded records as fast as the broker takes them, in requests of a few hundred. */
export async function publishAll(
  bench: Workbench,
  topic: string,
  records: readonly { key: Buffer; value: Buffer }[],
) {
  const size = 400
  for (let i = 0; i < records.length; i += size)
    await bench.publisher.sendBytes(topic as TopicName, records.slice(i, i + size))
}
