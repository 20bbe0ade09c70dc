import { expect, it } from 'vitest'
import { parseConfig } from './load-config.ts'
import { serviceEnvironment } from './service-environment.ts'

const complete = {
  KAFKA_BROKERS: '127.0.0.1:9092, other:9093',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081/apis/ccompat/v7',
  HTTP_PORT: '8080',
}

it('reads the environment of a service, with defaults', () => {
  expect(parseConfig(serviceEnvironment, complete)).toEqual({
    config: {
      KAFKA_BROKERS: ['127.0.0.1:9092', 'other:9093'],
      SCHEMA_REGISTRY_URL: complete.SCHEMA_REGISTRY_URL,
      HTTP_PORT: 8080,
      HTTP_HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      DATA_DIR: '.holdpoint/data',
    },
  })
})

it('names every variable that is missing or wrong, and shows no value', () => {
  const result = parseConfig(serviceEnvironment, {
    KAFKA_BROKERS: 'secret-host',
    HTTP_PORT: 'http',
    LOG_LEVEL: 'loud',
    SCHEMA_REGISTRY_URL: '',
  })
  const { problems } = result as { problems: string }
  expect(problems).toMatch(/KAFKA_BROKERS.* does not fit: each broker is written as host:port/)
  expect(problems).toContain('SCHEMA_REGISTRY_URL is not set')
  expect(problems).toContain('HTTP_PORT does not fit')
  expect(problems).toContain('LOG_LEVEL does not fit')
  expect(problems).not.toContain('secret-host')
})
