import type { ActionName, BulkOutcome, ListedCase } from '@holdpoint/desk-contract'
import { mostAtOnce } from '@holdpoint/policy/actions'
import { isStopping, type StoppingAction, stagesOf, tellStages } from '../order/stops.ts'
import { sentence, showCount, showList } from '../text/format.ts'

/** What can be done about many cases at once: what lets orders go on before what stops them. */
export const bulkActions = [
  'approve',
  'clear',
  'claim',
  'reject',
  'stop',
] as const satisfies readonly ActionName[]

export type BulkAction = (typeof bulkActions)[number]

/** A case that somebody has ticked, with the order as it was shown then. */
export type Ticked = Pick<ListedCase, 'caseId' | 'orderId' | 'name' | 'digest' | 'mayDo' | 'stops'>

export type Chosen = ReadonlyMap<string, Ticked>

const tick = ({ caseId, orderId, name, digest, mayDo, stops }: ListedCase): Ticked => ({
  ...{ caseId, orderId, name, digest, mayDo, stops },
})

export function toggled(chosen: Chosen, one: ListedCase): Chosen {
  const next = new Map(chosen)
  if (!next.delete(one.caseId)) next.set(one.caseId, tick(one))
  return next
}

/** All that can be, or none when all of them are ticked. */
export function allToggled(chosen: Chosen, shown: readonly ListedCase[]): Chosen {
  const open = shown.filter(canChoose).slice(0, mostAtOnce)
  if (open.every(({ caseId }) => chosen.has(caseId))) return new Map()
  return new Map(open.map((one) => [one.caseId, chosen.get(one.caseId) ?? tick(one)]))
}

/** Only what the reader may do something about, one of these things, can be ticked. */
export const canChoose = ({ status, mayDo }: ListedCase): boolean =>
  status !== 'CLOSED' && bulkActions.some((action) => mayDo.includes(action.toUpperCase()))

/** The ticked cases that an action is for; the others are left as they are. */
export const meantBy = (action: BulkAction, chosen: Chosen): Ticked[] =>
  [...chosen.values()].filter(({ mayDo }) => mayDo.includes(action.toUpperCase()))

/** What a no to all of them stops, said before it is said; empty for what stops nothing. */
export function describeMany(action: BulkAction, cases: readonly Ticked[]): string {
  if (!isStopping(action)) return ''
  const told = groupBy(cases, ({ stops }) => tellStages(stagesOf(action as StoppingAction, stops)))
  if (told.size === 1) return `${sentence([...told.keys()][0] ?? '')}, for each of them.`
  return `${sentence(showList([...told].map(([what, some]) => `${what} for ${showCount(some.length, 'case')}`)))}.`
}

/** What has become, so far, of a case that something was sent about. */
export type Followed = Ticked & Pick<BulkOutcome, 'commandId' | 'status' | 'code' | 'message'>

export function followed(cases: readonly Ticked[], outcomes: readonly BulkOutcome[]): Followed[] {
  return cases.flatMap((one) => {
    const outcome = outcomes.find(({ caseId }) => caseId === one.caseId)
    return outcome ? [{ ...one, ...told(outcome) }] : []
  })
}

/** The same once more is known of some. */
export function withAnswers(before: readonly Followed[], answers: readonly BulkOutcome[]): Followed[] {
  return before.map((one) => {
    const answer = answers.find(({ commandId }) => commandId === one.commandId)
    return answer ? { ...one, ...told(answer) } : one
  })
}

const told = ({ commandId, status, code, message }: BulkOutcome) => ({ commandId, status, code, message })

/** What came of them, in one sentence. */
export function summarise(cases: readonly Followed[]): string {
  const of = (status: BulkOutcome['status']) => cases.filter((one) => one.status === status).length
  const [done, pending, refused, failed] = [of('done'), of('pending'), of('refused'), of('failed')]
  return [
    ...(done > 0 ? [`${showCount(done, 'case')} done`] : []),
    ...(pending > 0 ? [`${pending} taken, the answer comes`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(failed > 0 ? [`${failed} not sent`] : []),
  ].join(', ')
}

export interface NotDone {
  /** Why, with the code. */
  reason: string
  cases: Followed[]
}

/** Those that were not done, by reason; the reason with the most of them first. */
export function notDone(cases: readonly Followed[]): NotDone[] {
  const left = cases.filter(({ status }) => status === 'refused' || status === 'failed')
  return [...groupBy(left, reasonOf)]
    .map(([reason, some]) => ({ reason, cases: some }))
    .toSorted((a, b) => b.cases.length - a.cases.length)
}

/** A sentence that names its case is the same reason for another case. */
const reasonOf = ({ name, message, code }: Followed): string =>
  `${message.replaceAll(`"${name}"`, 'the case')} (${code})`

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
