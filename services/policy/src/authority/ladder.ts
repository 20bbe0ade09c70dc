import type { TypeFacts } from './facts.ts'

/** The roles that may come to decide a case, the owner first. */
export type Ladder = readonly string[]

export const ladderOf = ({ owner, ladder }: Pick<TypeFacts, 'owner' | 'ladder'>): Ladder => [
  owner,
  ...ladder.map(({ to }) => to),
]
