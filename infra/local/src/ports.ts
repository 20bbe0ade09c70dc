import { isFree, type NamedPort, takenOf, takenSentence } from '../bootstrap/ports.mjs'
import { StackError } from './errors.ts'

export { accepts, host, type NamedPort } from '../bootstrap/ports.mjs'

/** Raises PORT_TAKEN that names every port that is taken, whose it would be, and how to choose another. */
export async function requireFree(ports: readonly NamedPort[]): Promise<void> {
  const taken = await takenOf(ports)
  if (taken.length > 0) throw new StackError('PORT_TAKEN', takenSentence(taken))
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
