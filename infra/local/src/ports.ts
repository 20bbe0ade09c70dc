import { connect, createServer } from 'node:net'
import { StackError } from './errors.ts'

export const host = '127.0.0.1'

/** Whether nobody listens on the port and we could. */
export async function isFree(port: number): Promise<boolean> {
  if (await accepts(port)) return false
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Whether something answers on the port. */
export function accepts(port: number, at = host): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: at, timeout: 1_000 })
    const answer = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

export type NamedPort = {
  /** What listens there, for people. */
  what: string
  port: number
  /** The option that moves it. */
  option: string
}

/** Raises PORT_TAKEN that names every port that is taken, whose it would be, and how to choose another. */
export async function requireFree(ports: readonly NamedPort[]): Promise<void> {
  const free = await Promise.all(ports.map((one) => isFree(one.port)))
  const taken = ports.filter((_, index) => !free[index])
  if (taken.length === 0) return
  const list = taken.map((one) => `port ${one.port} (${one.what}, moved by ${one.option})`).join(', ')
  throw new StackError(
    'PORT_TAKEN',
    `Taken by another process: ${list}. End that process, or choose other ports: ` +
      'npm start -- --port-base 29000 moves all of them.',
  )
}

/** Below the range from which systems take ports for outgoing connections, so that nobody grabs one meanwhile. */
const searchRange = { from: 20_000, to: 32_000 }

/** The first number of a block of `size` free ports; begins to look at a random place. */
export async function freeBlock(size: number, random: () => number = Math.random): Promise<number> {
  const blocks = Math.floor((searchRange.to - searchRange.from) / size)
  const first = Math.floor(random() * blocks)
  for (let step = 0; step < blocks; step++) {
    const base = searchRange.from + ((first + step) % blocks) * size
    if (await isBlockFree(base, size)) return base
  }
  throw new StackError(
    'PORT_TAKEN',
    `No ${size} free ports in a row between ${searchRange.from} and ${searchRange.to}.`,
  )
}

async function isBlockFree(base: number, size: number): Promise<boolean> {
  const ports = Array.from({ length: size }, (_, offset) => base + offset)
  return (await Promise.all(ports.map(isFree))).every(Boolean)
}
