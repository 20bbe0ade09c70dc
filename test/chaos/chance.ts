import { createHash } from 'node:crypto'

/** Numbers in [0, 1) that depend on the seed and the name alone, not on when they are asked for. */
export function chance(seed: number, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32
}

/** The members in an order that depends on the seed alone. */
export function shuffled<T>(members: readonly T[], seed: number, name: string): T[] {
  const drawn = members.map((member, i) => ({ member, at: chance(seed, `${name} ${i}`) }))
  return drawn.sort((a, b) => a.at - b.at).map(({ member }) => member)
}
