/** The ports of a stack. Plain JavaScript: `npm start` looks for taken ones before anything is installed. */
import { connect, createServer } from 'node:net'

export const host = '127.0.0.1'
export const defaultBase = 19_000

/** What each port is added to the base; Kafka's brokers, and their controllers, take consecutive ones. */
export const offsets = {
  redis: 79,
  registry: 81,
  registryManagement: 82,
  kafka: 92,
  kafkaController: 95,
  desk: 100,
  intake: 101,
  classifier: 102,
  router: 103,
  'sla-timer': 104,
  notifier: 105,
  audit: 106,
}

/** Only `npm run dev` has a server for the console's pages; they are the desk's otherwise. */
export const consoleOffset = 107

/** The ports that can be moved alone, with the variable that names a server which runs elsewhere. */
const single = {
  kafka: 'KAFKA_BROKERS',
  registry: 'SCHEMA_REGISTRY_URL',
  redis: 'REDIS_URL',
  desk: undefined,
  intake: undefined,
}

export const optionOf = (port) => `--${port}-port`

/** Whether nobody listens on the port and we could. */
export async function isFree(port) {
  if (await accepts(port)) return false
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Whether something answers on the port. */
export function accepts(port, at = host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: at, timeout: 1_000 })
    const answer = (open) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

/** Those of the ports that somebody has taken. */
export async function takenOf(ports) {
  const free = await Promise.all(ports.map((one) => isFree(one.port)))
  return ports.filter((_, index) => !free[index])
}

export function takenSentence(taken) {
  const list = taken.map((one) => `port ${one.port} (${one.what}, moved by ${one.option})`).join(', ')
  return (
    `Taken by another process: ${list}. End that process, or choose other ports: ` +
    'npm start -- --port-base 29000 moves all of them.'
  )
}

/**
 * The ports that `npm start` with these arguments needs whatever else they say. Options that cannot be read count as
 * not given: they are told by whoever reads all of them.
 */
export function portsAskedFor(args, env) {
  const base = numberOf('port-base', args, env) ?? defaultBase
  return Object.entries(offsets)
    .filter(([what]) => !env[single[what.replace(/Management|Controller/, '')]])
    .map(([what, offset]) => {
      const moved = what in single ? numberOf(`${what}-port`, args, env) : undefined
      return { what, port: moved ?? base + offset, option: what in single ? optionOf(what) : '--port-base' }
    })
}

function numberOf(option, args, env) {
  const at = args.indexOf(`--${option}`)
  const joined = args.find((one) => one.startsWith(`--${option}=`))
  const said = joined?.slice(option.length + 3) ?? (at >= 0 ? args[at + 1] : undefined)
  const text = said ?? env[`HOLDPOINT_${option.toUpperCase().replaceAll('-', '_')}`] ?? ''
  return /^\d{4,5}$/.test(text) && Number(text) < 65_400 ? Number(text) : undefined
}
