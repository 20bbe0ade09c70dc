import { expect, test } from 'vitest'
import { kafkaProperties } from './servers/kafka.ts'
import { binaryFor } from './servers/redis.ts'
import { kafkaBehaviour } from './settings.ts'
import { topicSpecs } from './topics.ts'

const ports = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ broker: 9000 + index, controller: 9100 + index }))

test('three brokers keep three replicas of which two must have a write', () => {
  const behaviour = kafkaBehaviour(3)
  const of = (ending: string) => Object.entries(behaviour).filter(([name]) => name.endsWith(ending))
  for (const [, value] of of('replication.factor')) expect(value).toBe('3')
  for (const [, value] of [...of('min.isr'), ...of('min.insync.replicas')]) expect(value).toBe('2')
  expect(of('replication.factor').length + of('min.isr').length).toBeGreaterThan(4)
})

test('one broker asks for no replica that cannot be', () => {
  const wanted = Object.entries(kafkaBehaviour(1)).filter(([name]) =>
    /replication.factor|isr|insync/.test(name),
  )
  expect(new Set(wanted.map(([, value]) => value))).toEqual(new Set(['1']))
})

test('a node listens on this machine only and knows every controller', () => {
  const node = { java: 'java', jars: '/jars', dataDir: '/data', logDir: '/logs', id: 2, cluster: ports(3) }
  expect(kafkaProperties(node)).toMatchObject({
    'node.id': '2',
    listeners: 'PLAINTEXT://127.0.0.1:9001,CONTROLLER://127.0.0.1:9101',
    'controller.quorum.voters': '1@127.0.0.1:9100,2@127.0.0.1:9101,3@127.0.0.1:9102',
    'log.dirs': '/data/kafka-2',
  })
})

test('every topic has as many partitions as there are lanes, or one', () => {
  const specs = topicSpecs(6, 1)
  expect(specs.find((spec) => spec.topic === 'orders.inbound.v1')?.partitions).toBe(6)
  expect(specs.find((spec) => spec.topic === 'policy.versions.v1')?.partitions).toBe(1)
})

test('what is kept for ever is never deleted, state is compacted', () => {
  const settingsOf = (topic: string) => topicSpecs(4, 1).find((spec) => spec.topic === topic)?.settings
  expect(settingsOf('audit.entries.v1')).toMatchObject({ 'cleanup.policy': 'delete', 'retention.ms': '-1' })
  // What bounds how long the key of a forgotten order lies on a disk.
  expect(settingsOf('audit.state.v1')).toMatchObject({
    'cleanup.policy': 'compact',
    'max.compaction.lag.ms': '86400000',
    'segment.ms': '86400000',
  })
  expect(settingsOf('router.state.v1')).toMatchObject({ 'cleanup.policy': 'compact' })
  expect(settingsOf('orders.inbound.v1')).toMatchObject({ 'retention.ms': String(7 * 86_400_000) })
})

test('the Redis binary of this system is taken from the archive', () => {
  const names = [
    'redis-server-6.2.7-linux-386',
    'redis-server-6.2.7-linux-arm64',
    'redis-server-6.2.6-v5-linux-amd64',
    'redis-server-6.2.6-v5-darwin-arm64',
    'redis-server-5.0.14.1-windows-amd64.exe',
  ]
  expect(binaryFor('linux', 'x64', names)).toBe('redis-server-6.2.6-v5-linux-amd64')
  expect(binaryFor('darwin', 'arm64', names)).toBe('redis-server-6.2.6-v5-darwin-arm64')
  expect(binaryFor('sunos', 'x64', names)).toBeUndefined()
})
