import { host, type NamedPort } from './ports.ts'
import type { ServerPorts } from './servers.ts'

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

export type PortPlan = ServerPorts & { services: Record<ServiceName, number> }

/** Ports of one stack lie within so many numbers of its base. */
export const blockSize = 110
export const defaultBase = 19_000

/** The ports that can be moved alone; all others follow the base. */
export type SinglePort = 'kafka' | 'registry' | 'redis' | 'desk' | 'intake'
export type SinglePorts = Partial<Record<SinglePort, number>>

/** Kafka's three brokers take consecutive ports. */
export function planPorts(base: number, brokers: number, single: SinglePorts = {}): PortPlan {
  const kafka = single.kafka ?? base + 92
  const nodes = Array.from({ length: brokers }, (_, index) => ({
    broker: kafka + index,
    controller: base + 95 + index,
  }))
  return {
    kafka: nodes,
    registry: { api: single.registry ?? base + 81, management: base + 82 },
    redis: single.redis ?? base + 79,
    services: {
      desk: single.desk ?? base + 100,
      intake: single.intake ?? base + 101,
      classifier: base + 102,
      router: base + 103,
      'sla-timer': base + 104,
      notifier: base + 105,
      audit: base + 106,
    },
  }
}

export const optionOf = (port: SinglePort) => `--${port}-port`
const follows = '--port-base'

/** Every port with what it is for and the option that moves it. */
export function namedPorts(plan: PortPlan): {
  servers: Record<ServerKind, NamedPort[]>
  services: NamedPort[]
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
  return { servers: { kafka, registry, redis }, services }
}

export type ServerKind = 'kafka' | 'registry' | 'redis'

function optionOfService(service: ServiceName): string {
  return service === 'desk' || service === 'intake' ? optionOf(service) : follows
}

export const urlOf = (port: number) => `http://${host}:${port}`
