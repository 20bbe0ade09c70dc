import { parseArgs } from 'node:util'
import { environment } from './config.ts'
import { StackError } from './errors.ts'
import {
  blockSize,
  defaultBase,
  type PortPlan,
  planPorts,
  type SinglePort,
  type SinglePorts,
} from './port-plan.ts'

export type StartOptions = {
  help: boolean
  fresh: boolean
  brokers: 1 | 3
  /** What the data folder was begun with, when not said. */
  lanes: number | undefined
  docker: boolean
  /** 0 feeds no sample orders. */
  ordersPerMinute: number
  seed: number
  /** Whether the sample people decide cases of the sample orders. */
  people: boolean
  ports: PortPlan
}

export const usage = `npm start -- [options]

Brings up Kafka, the registry, Redis and every service on this machine, feeds sample orders, and prints where
to look. Ctrl-C stops everything; the next start goes on where this one stopped.

  --fresh                  start over: delete what an earlier start kept
  --brokers 1|3            Kafka nodes; three keep three replicas of which two must have a write (1)
  --lanes N                partitions of each topic, on a first start (4)
  --orders-per-minute N    rate of the sample orders; 0 for none (12)
  --no-people              the sample people stay at home: every case is left to you
  --seed N                 the same seed gives the same orders (1)
  --no-docker              do not use a Docker engine, even if one answers
  --port-base N            moves all ports (${defaultBase})
  --kafka-port N --registry-port N --redis-port N --desk-port N --intake-port N
                           moves one of them

Each option can be given by the environment too: HOLDPOINT_PORT_BASE, HOLDPOINT_KAFKA_PORT, …
KAFKA_BROKERS, SCHEMA_REGISTRY_URL, REDIS_URL, DATABASE_URL and SMTP_URL name servers that run elsewhere and
are used instead; each works alone.`

const flags = {
  help: { type: 'boolean', short: 'h' },
  fresh: { type: 'boolean' },
  brokers: { type: 'string' },
  lanes: { type: 'string' },
  'orders-per-minute': { type: 'string' },
  seed: { type: 'string' },
  'no-people': { type: 'boolean' },
  'no-docker': { type: 'boolean' },
  'port-base': { type: 'string' },
  'kafka-port': { type: 'string' },
  'registry-port': { type: 'string' },
  'redis-port': { type: 'string' },
  'desk-port': { type: 'string' },
  'intake-port': { type: 'string' },
} as const

type Flag = keyof typeof flags
type Numbered = (flag: Flag, range: { from: number; to: number }) => number | undefined

/** Options win over the environment. Raises OPTION_INVALID that names the option, what it got and what it takes. */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv = environment): StartOptions {
  const given = parse(args)
  const text = (flag: Flag): string | undefined => {
    const value = given[flag] ?? env[variableOf(flag)]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const number: Numbered = (flag, { from, to }) => {
    const value = text(flag)
    if (value === undefined) return undefined
    if (/^\d+$/.test(value) && Number(value) >= from && Number(value) <= to) return Number(value)
    throw invalid(`--${flag} is "${value}" and takes a whole number from ${from} to ${to}.`)
  }
  const on = (flag: Flag) =>
    given[flag] === true || ['1', 'true', 'yes'].includes(env[variableOf(flag)] ?? '')
  const brokers = brokerCount(text('brokers'))
  return {
    help: given.help === true,
    fresh: on('fresh'),
    brokers,
    lanes: number('lanes', { from: 1, to: 64 }),
    docker: !on('no-docker'),
    ordersPerMinute: number('orders-per-minute', { from: 0, to: 600_000 }) ?? 12,
    seed: number('seed', { from: 0, to: 2 ** 31 - 1 }) ?? 1,
    people: !on('no-people'),
    ports: portPlan(number, brokers),
  }
}

function parse(args: readonly string[]): Partial<Record<Flag, string | boolean>> {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw invalid((error as Error).message)
  }
}

function brokerCount(value: string | undefined): 1 | 3 {
  if (value === undefined || value === '1') return 1
  if (value === '3') return 3
  throw invalid(`--brokers is "${value}" and takes 1 or 3.`)
}

function portPlan(number: Numbered, brokers: number): PortPlan {
  const range = { from: 1_024, to: 65_535 }
  const base = number('port-base', { from: 1_024, to: 65_535 - blockSize }) ?? defaultBase
  const single: SinglePorts = {}
  for (const port of ['kafka', 'registry', 'redis', 'desk', 'intake'] as const satisfies SinglePort[]) {
    const value = number(`${port}-port`, range)
    if (value !== undefined) single[port] = value
  }
  return planPorts(base, brokers, single)
}

const variableOf = (flag: Flag) => `HOLDPOINT_${flag.toUpperCase().replaceAll('-', '_')}`

const invalid = (what: string) =>
  new StackError('OPTION_INVALID', `${what} npm start -- --help shows all options.`)
