import { expect, test } from 'vitest'
import { parseDevOptions, parseOptions } from './options.ts'
import { planPorts } from './port-plan.ts'

test('without options the defaults hold', () => {
  expect(parseOptions([], {})).toEqual({
    fresh: false,
    brokers: 1,
    lanes: undefined,
    docker: true,
    ordersPerMinute: 12,
    seed: 1,
    people: true,
    ports: planPorts(19_000, 1),
  })
})

test('options win over the environment', () => {
  const env = { HOLDPOINT_PORT_BASE: '21000', HOLDPOINT_REDIS_PORT: '6400', HOLDPOINT_SEED: '5' }
  const options = parseOptions(['--port-base', '22000', '--seed=9'], env)
  expect(options.ports).toEqual(planPorts(22_000, 1, { redis: 6400 }))
  expect(options.seed).toBe(9)
})

test('switches can be given by the environment', () => {
  const env = { HOLDPOINT_NO_DOCKER: '1', HOLDPOINT_FRESH: 'true', HOLDPOINT_NO_PEOPLE: 'yes' }
  const { docker, fresh, people } = parseOptions([], env)
  expect({ docker, fresh, people }).toEqual({ docker: false, fresh: true, people: false })
})

test('three brokers take three ports', () => {
  expect(parseOptions(['--brokers', '3'], {}).ports.kafka).toHaveLength(3)
})

test.each([
  [['--brokers', '2'], '--brokers is "2"'],
  [['--port-base', 'x'], '--port-base is "x"'],
  [['--kafka-port', '80'], '--kafka-port is "80"'],
  [['--redis-port', '65536'], '--redis-port is "65536"'],
  [['--orders-per-minute', '-1'], '--orders-per-minute'],
  [['--colour'], '--colour'],
  [['stray'], 'stray'],
])('%j is refused by name', (args, named) => {
  expect(() => parseOptions(args, {})).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }))
  expect(() => parseOptions(args, {})).toThrow(named)
})

test('a wrong value in the environment is refused like an option', () => {
  expect(() => parseOptions([], { HOLDPOINT_SEED: 'one' })).toThrow('--seed is "one"')
})

test('npm run dev takes the options of npm start, and the service to inspect', () => {
  const { inspect, ordersPerMinute } = parseDevOptions(['--inspect', 'router', '--orders-per-minute=0'], {})
  expect({ inspect, ordersPerMinute }).toEqual({ inspect: 'router', ordersPerMinute: 0 })
  expect(parseDevOptions([], {}).inspect).toBeUndefined()
})

test.each([
  [['--inspect', 'rooter'], '--inspect is "rooter" and takes one of intake,'],
  [['--brokers', '2'], 'npm run dev -- --help'],
])('npm run dev refuses %j and says how to use it', (args, named) => {
  expect(() => parseDevOptions(args, {})).toThrow(named)
})
