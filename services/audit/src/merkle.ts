import { hash } from 'node:crypto'

const nodePrefix = 0x01

/** Root of the tree of RFC 6962, section 2.1, over leaves that are hashed already; at least one. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  return subtree(leaves, 0, leaves.length)
}

/** The same as hexadecimal digits. */
export const merkleRoot = (leaves: readonly Buffer[]): string => rootOf(leaves).toString('hex')

/** A hash beside the way from a leaf to the root, and on which side of it. */
export interface PathStep {
  side: 'left' | 'right'
  hash: string
}

/** What a leaf has to be hashed with, from the leaf upwards, to give the root: RFC 6962, section 2.1.1. */
export function pathTo(leaves: readonly Buffer[], index: number): PathStep[] {
  const path: PathStep[] = []
  let [from, to] = [0, leaves.length]
  while (to - from > 1) {
    const split = splitOf(from, to)
    const isLeft = index < split
    const other = isLeft ? subtree(leaves, split, to) : subtree(leaves, from, split)
    path.unshift({ side: isLeft ? 'right' : 'left', hash: other.toString('hex') })
    if (isLeft) to = split
    else from = split
  }
  return path
}

/** The largest power of two below the size of the part goes to its left. */
const splitOf = (from: number, to: number): number => from + 2 ** Math.ceil(Math.log2(to - from) - 1)

function subtree(leaves: readonly Buffer[], from: number, to: number): Buffer {
  const count = to - from
  if (count === 1) return leaves[from] as Buffer
  const split = splitOf(from, to)
  return node(subtree(leaves, from, split), subtree(leaves, split, to))
}

function node(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(nodePrefix), left, right]), 'buffer')
}
