import { optionInvalid, readArguments } from './arguments.ts'
import { environment } from './config.ts'
import {
  blockSize,
  defaultBase,
  type PortPlan,
  planPorts,
  type ServiceName,
  type SinglePort,
  type SinglePorts,
  serviceNames,
} from './port-plan.ts'

export type StartOptions = {
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

const startFlags = {
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

const devFlags = { ...startFlags, inspect: { type: 'string' } } as const

type Flag = keyof typeof devFlags
type Given = Partial<Record<Flag, string | boolean>>
type Numbered = (flag: Flag, range: { from: number; to: number }) => number | undefined

/** Options win over the environment. Raises OPTION_INVALID that names the option, what it got and what it takes. */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv = environment): StartOptions {
  return startOptions('start', readArguments('start', args, startFlags), env)
}

export type DevOptions = StartOptions & {
  /** The service that a debugger can be attached to. */
  inspect: ServiceName | undefined
}

/** The same for `npm run dev`. */
export function parseDevOptions(args: readonly string[], env: NodeJS.ProcessEnv = environment): DevOptions {
  const { inspect, ...given } = readArguments('dev', args, devFlags)
  const known = serviceNames.find((name) => name === inspect)
  if (inspect !== undefined && !known)
    throw optionInvalid('dev', `--inspect is "${inspect}" and takes one of ${serviceNames.join(', ')}.`)
  return { ...startOptions('dev', given, env), inspect: known }
}

function startOptions(command: 'start' | 'dev', given: Given, env: NodeJS.ProcessEnv): StartOptions {
  const invalid = (what: string) => optionInvalid(command, what)
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
  const brokers = text('brokers') ?? '1'
  if (brokers !== '1' && brokers !== '3') throw invalid(`--brokers is "${brokers}" and takes 1 or 3.`)
  return {
    fresh: on('fresh'),
    brokers: brokers === '3' ? 3 : 1,
    lanes: number('lanes', { from: 1, to: 64 }),
    docker: !on('no-docker'),
    ordersPerMinute: number('orders-per-minute', { from: 0, to: 600_000 }) ?? 12,
    seed: number('seed', { from: 0, to: 2 ** 31 - 1 }) ?? 1,
    people: !on('no-people'),
    ports: portPlan(number, Number(brokers)),
  }
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
