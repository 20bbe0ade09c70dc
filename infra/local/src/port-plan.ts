import {
  consoleOffset,
  defaultBase,
  host,
  type NamedPort,
  offsets,
  optionOf,
  type SinglePort,
} from '../bootstrap/ports.mjs'

export const serviceNames = [
  'intake',
  'classifier',
  'router',
  'sla-timer',
  'notifier',
  'audit',
  'desk',
] as const
export type ServiceName = (typeof serviceNames)[number]

export type KafkaPort = { broker: number; controller: number }
export type RegistryPort = { api: number; management: number }
/** `kafka` holds one entry for each broker. */
export type ServerPorts = { kafka: readonly KafkaPort[]; registry: RegistryPort; redis: number }
export type PortPlan = ServerPorts & {
  services: Record<ServiceName, number>
  /** Where Vite serves the console while somebody works on it. */
  console: number
}

/** Ports of one stack lie within so many numbers of its base. */
export const blockSize = 110
export { defaultBase, type SinglePort }
export type SinglePorts = Partial<Record<SinglePort, number>>

/** Kafka's three brokers take consecutive ports. */
export function planPorts(base: number, brokers: number, single: SinglePorts = {}): PortPlan {
  const kafka = single.kafka ?? base + offsets.kafka
  const nodes = Array.from({ length: brokers }, (_, index) => ({
    broker: kafka + index,
    controller: base + offsets.kafkaController + index,
  }))
  return {
    kafka: nodes,
    registry: {
      api: single.registry ?? base + offsets.registry,
      management: base + offsets.registryManagement,
    },
    redis: single.redis ?? base + offsets.redis,
    services: {
      desk: single.desk ?? base + offsets.desk,
      intake: single.intake ?? base + offsets.intake,
      classifier: base + offsets.classifier,
      router: base + offsets.router,
      'sla-timer': base + offsets['sla-timer'],
      notifier: base + offsets.notifier,
      audit: base + offsets.audit,
    },
    console: base + consoleOffset,
  }
}

const follows = '--port-base'

/** Every port with what it is for and the option that moves it. */
export function namedPorts(plan: PortPlan): {
  servers: Record<ServerKind, NamedPort[]>
  services: NamedPort[]
  console: NamedPort
} {
  const kafka = plan.kafka.flatMap(({ broker, controller }, index) => [
    { what: `Kafka broker ${index + 1}`, port: broker, option: optionOf('kafka') },
    { what: `Kafka controller ${index + 1}`, port: controller, option: follows },
  ])
  const registry = [
    { what: 'registry', port: plan.registry.api, option: optionOf('registry') },
    { what: 'registry management', port: plan.registry.management, option: follows },
  ]
  const redis = [{ what: 'Redis', port: plan.redis, option: optionOf('redis') }]
  const services = serviceNames.map((what) => ({
    what,
    port: plan.services[what],
    option: optionOfService(what),
  }))
  const pages = { what: 'console', port: plan.console, option: follows }
  return { servers: { kafka, registry, redis }, services, console: pages }
}

export type ServerKind = 'kafka' | 'registry' | 'redis'

function optionOfService(service: ServiceName): string {
  return service === 'desk' || service === 'intake' ? optionOf(service) : follows
}

export const urlOf = (port: number) => `http://${host}:${port}`
