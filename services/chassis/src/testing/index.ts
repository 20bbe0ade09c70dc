/** Lanes in memory, for tests of services without Kafka, held to the same rules as those on Kafka by the conformance tests. */
export { type MemoryLanes, type MemoryOptions, memoryLanes, type Published } from './memory/memory.ts'
export { MemoryBus } from './memory/memory-bus.ts'
export { type MemoryPublisher, memoryPublisher } from './memory/memory-publisher.ts'
export { type MemoryTable, memoryTable } from './memory/memory-table.ts'
