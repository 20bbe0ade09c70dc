import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataRoot, repository } from './folders.ts'
import { planPorts } from './port-plan.ts'
import { whereToLook } from './where-to-look.ts'

const places = {
  servers: {
    kafkaBrokers: '127.0.0.1:19092',
    schemaRegistryUrl: 'http://127.0.0.1:19081',
    redisUrl: 'redis://x',
  },
  ports: planPorts(19_000, 1).services,
  logDir: join(dataRoot, 'local', 'logs'),
  dataDir: join(dataRoot, 'local'),
}

test('who looks for the first time is told what goes on without them, and where', () => {
  const told = whereToLook(places, { ordersPerMinute: 12, people: true })
  expect(told).toMatch(/Orders +12 a minute/)
  expect(told).toMatch(/People +decide .* what you send or touch they leave to you/)
  expect(told).toMatch(/Logs +\.holdpoint\/local\/logs\//)
  expect(told).not.toContain(repository)
})

test('nobody at work is told too', () => {
  expect(whereToLook(places, { ordersPerMinute: 0, people: false })).toMatch(
    /none but yours\nPeople +nobody but you/,
  )
})

test('who works on it is sent to the pages that change, and to the inspector', () => {
  const told = whereToLook(
    places,
    { ordersPerMinute: 12, people: true },
    { console: 19_107, inspect: 'router' },
  )
  expect(told).toMatch(/^Console +http:\/\/127\.0\.0\.1:19107\nAPI +http:\/\/127\.0\.0\.1:19100/)
  expect(told).toMatch(/Inspector +router at 127\.0\.0\.1:9229/)
})
