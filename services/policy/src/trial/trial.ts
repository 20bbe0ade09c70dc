import type { Revision } from '@holdpoint/schemas'
import { subjectOf } from '../condition/subject.ts'
import { type Match, matchesOf } from '../judge.ts'
import type { Policy } from '../policy.ts'

/** What two policies find on the same revisions. */
export interface Trial {
  revisions: number
  /** By type, those of the new policy first. */
  types: Map<string, TypeTrial>
}

export interface TypeTrial {
  type: string
  /** Revisions on which a policy finds it; a revision with two requests of the sort counts twice. */
  before: number
  after: number
  newlyCaught: number
  noLongerCaught: number
  examples: { newlyCaught: Example[]; noLongerCaught: Example[] }
}

export interface Example {
  orderId: string
  revision: number
}

/** So many examples of each sort are kept. */
const mostExamples = 5

/** `before` undefined: there is no policy in force, so that everything is caught newly. */
export function newTrial(before: Policy | undefined, after: Policy): Trial {
  const types = [...after.types.keys(), ...(before?.types.keys() ?? [])]
  return { revisions: 0, types: new Map(types.map((type) => [type, emptyType(type)])) }
}

function emptyType(type: string): TypeTrial {
  const counts = { before: 0, after: 0, newlyCaught: 0, noLongerCaught: 0 }
  return { type, ...counts, examples: { newlyCaught: [], noLongerCaught: [] } }
}

/** Judges a revision by both policies and counts the difference; changes the trial. */
export function tryOn(trial: Trial, before: Policy | undefined, after: Policy, revision: Revision): void {
  const subject = subjectOf(revision)
  const found = before ? matchesOf(before, subject) : []
  const wanted = matchesOf(after, subject)
  trial.revisions++
  if (found.length === 0 && wanted.length === 0) return
  for (const match of found) countType(trial, match).before++
  for (const match of wanted) countType(trial, match).after++
  for (const match of wanted) if (!isIn(found, match)) note(countType(trial, match), 'newlyCaught', revision)
  for (const match of found)
    if (!isIn(wanted, match)) note(countType(trial, match), 'noLongerCaught', revision)
}

function countType({ types }: Trial, { type }: Match): TypeTrial {
  const known = types.get(type) ?? emptyType(type)
  types.set(type, known)
  return known
}

const isIn = (matches: readonly Match[], { type, requestId }: Match): boolean =>
  matches.some((one) => one.type === type && one.requestId === requestId)

function note(one: TypeTrial, what: 'newlyCaught' | 'noLongerCaught', { orderId, revision }: Revision): void {
  one[what]++
  if (one.examples[what].length < mostExamples) one.examples[what].push({ orderId, revision })
}
