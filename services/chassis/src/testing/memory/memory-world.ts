import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@holdpoint/schemas'
import type { World, WorldInstance } from '../conformance/world.ts'
import { worldCodec, worldTopics } from '../conformance/world-codec.ts'
import { localCodec } from './local-codec.ts'
import { MemoryLanes } from './memory.ts'
import { MemoryBus } from './memory-bus.ts'

/** The conformance suite's world on the in-memory bus. */
export async function memoryWorld(): Promise<World> {
  const bus = new MemoryBus(2)
  const running = new Set<MemoryLanes>()
  const id = randomUUID()
  const codec = worldCodec(localCodec)
  const reader = new MemoryLanes(
    {
      service: 'audit',
      inputs: [],
      outputs: [],
      deadLetters: 'audit.dlq.v1',
      handle: () => ({ kind: 'done', publish: [] }),
    },
    { bus, codec },
  )
  return {
    service: id as ServiceName,
    lanes: bus.partitions,
    topics: worldTopics(id),
    async start(service): Promise<WorldInstance> {
      const instance = new MemoryLanes(service, { bus, codec })
      running.add(instance)
      instance.revisit()
      return {
        revisit: () => void instance.revisit(),
        async stop() {
          running.delete(instance)
        },
      }
    },
    async put(topic, key, value) {
      reader.put(topic, key, value)
    },
    async putBytes(topic, key, value) {
      reader.putBytes(topic, key, value)
    },
    encode: (topic, value) => codec.encode(topic, value),
    published: async (topic) => reader.published(topic),
    async until(what, check) {
      for (let round = 0; round < 100; round++) {
        for (const instance of running) await instance.run()
        if (await check()) return
      }
      throw new Error(`Not after 100 rounds: ${what}`)
    },
    async tearDown() {
      running.clear()
    },
  }
}
