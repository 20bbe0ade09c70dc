/**
 * The versions and settings of Kafka, the registry and Redis on one machine.
 * docker-compose.yml says the same in its own words; test/contract/compose.test.ts compares the two.
 */

export const versions = {
  kafka: '4.2.0',
  log4jBinding: '2.25.1',
  registry: '3.3.3',
  embeddedRedis: '1.4.3',
  mavenDependencyPlugin: '3.8.1',
} as const

/** The lowest major version of Java that each server runs on. */
export const javaNeeded = { kafka: 17, registry: 21 } as const

/**
 * How the brokers behave, apart from where they listen and keep their files.
 * `brokers` is 1 or 3; three brokers keep three replicas, of which two must have a write.
 */
export function kafkaBehaviour(brokers: number): Record<string, string> {
  const replicas = String(brokers)
  const inSync = brokers === 1 ? '1' : '2'
  return {
    'auto.create.topics.enable': 'false',
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    // The default of 3 s delays the first assignment of every service by that long.
    'group.initial.rebalance.delay.ms': '0',
    // A killed service is a ghost in its group until its session ends; services ask for 2.5 s.
    'group.min.session.timeout.ms': '1000',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.num.partitions': '4',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'log.retention.check.interval.ms': '300000',
  }
}

export const kafkaHeap = ['-Xms128m', '-Xmx512m'] as const

/** A change of a schema that would break a reader of any earlier version is refused. */
export const registryBehaviour: Record<string, string> = {
  'apicurio.rules.global.compatibility': 'BACKWARD_TRANSITIVE',
  'apicurio.rules.global.validity': 'FULL',
  'apicurio.storage.kind': 'sql',
  'apicurio.storage.sql.kind': 'h2',
}

/** The path of the registry's Confluent-compatible API. */
export const registryApiPath = '/apis/ccompat/v7'

/**
 * Redis keeps an append-only file, flushed each second. What it may lose in a crash is rebuilt from the
 * topics; what it must not do is evict a timer to save memory.
 */
export const redisBehaviour: Record<string, string> = {
  appendonly: 'yes',
  appendfsync: 'everysec',
  save: '',
  'maxmemory-policy': 'noeviction',
}
