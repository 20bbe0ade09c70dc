import type { ActionName, BulkOutcome, CaseSummary } from '../api/types.ts'
import { showCount } from '../text/format.ts'

/** What can be done about many cases at once. */
export const bulkActions = [
  'approve',
  'reject',
  'stop',
  'clear',
  'claim',
] as const satisfies readonly ActionName[]

export type BulkAction = (typeof bulkActions)[number]

/** The desk takes no more at once. */
export const mostChosen = 200

/** Cases that somebody has ticked, each with the order as it was shown then. */
export type Chosen = ReadonlyMap<string, CaseSummary>

export function toggled(chosen: Chosen, one: CaseSummary): Chosen {
  const next = new Map(chosen)
  if (!next.delete(one.caseId)) next.set(one.caseId, one)
  return next
}

/** All of the open ones, or none when all of them are ticked. */
export function allToggled(chosen: Chosen, shown: readonly CaseSummary[]): Chosen {
  const open = shown.filter(canChoose).slice(0, mostChosen)
  if (open.every(({ caseId }) => chosen.has(caseId))) return new Map()
  return new Map(open.map((one) => [one.caseId, chosen.get(one.caseId) ?? one]))
}

export const canChoose = ({ status }: CaseSummary): boolean => status !== 'CLOSED'

/** The outcomes in a sentence, and what each that was not carried out says. */
export function tellOutcomes(outcomes: readonly BulkOutcome[], chosen: Chosen) {
  const of = (status: BulkOutcome['status']) => outcomes.filter((one) => one.status === status).length
  const [done, pending, refused, failed] = [of('done'), of('pending'), of('refused'), of('failed')]
  const parts = [
    ...(done > 0 ? [`${showCount(done, 'case')} done`] : []),
    ...(pending > 0 ? [`${pending} taken, the answer comes`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(failed > 0 ? [`${failed} not sent`] : []),
  ]
  const left = outcomes.filter(({ status }) => status === 'refused' || status === 'failed')
  return {
    summary: parts.join(', '),
    left: left.map(({ caseId, message, code }) => {
      const one = chosen.get(caseId)
      return { caseId, text: `${one ? `${one.name}, ${one.orderId}` : caseId}: ${message} (${code})` }
    }),
  }
}
