import { createHash } from 'node:crypto'

/** A number from 0 up to 1 that follows from the text: the same case is always treated in the same way. */
export const chance = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32

export function drawn<Item>(items: readonly [Item, ...Item[]], text: string): Item {
  return items[Math.floor(chance(text) * items.length)] ?? items[0]
}
