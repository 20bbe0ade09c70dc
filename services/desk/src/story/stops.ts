import type { CaseEventType, Instant, StageVerdict } from '@holdpoint/schemas'
import type { Span, StoryRecords } from './records.ts'

/**
 * Whose time it was while a stage did not go on. `somebody`: a person had the case in open hours. `nobody`: it was open,
 * and nobody had it. `answer`: it waited for one. `closed`: the calendar of who decides it was closed. `holdpoint`: no
 * case was open any more, and what was decided was on its way. `stopped`: it is not to go on.
 */
export type Whose = 'somebody' | 'nobody' | 'answer' | 'closed' | 'holdpoint' | 'stopped'

export interface Share {
  whose: Whose
  /** Who had it; empty but for `somebody`. */
  who: string
  ms: number
}

/** A time in which a stage of the order did not go on. The shares sum up to it exactly. */
export interface Stop {
  stage: string
  from: Instant
  /** Null while it lasts. */
  to: Instant | null
  ms: number
  caseIds: string[]
  shares: Share[]
}

/** How a case stood from a moment on. */
interface Standing {
  at: Instant
  is: 'open' | 'waiting' | 'closed'
  /** Empty for nobody. */
  has: string
}

export function stopsOf(records: StoryRecords, now: Instant): Stop[] {
  const cases = standingsOf(records)
  const stages = [
    ...new Set(records.decisions.flatMap(({ decision }) => decision.verdicts.map((one) => one.stage))),
  ]
  return stages
    .flatMap((stage) => spansOf(stage, records, now))
    .map((spans) => stopOf(spans, cases, records))
    .sort((a, b) => a.from - b.from)
}

interface Held extends Span {
  stage: string
  verdict: StageVerdict
  isLast: boolean
}

/** The times in which a stage did not go on, each as the verdicts that followed one another. */
function spansOf(stage: string, { decisions }: StoryRecords, now: Instant): Held[][] {
  const stops: Held[][] = []
  let goesOn = true
  for (const [i, { decision }] of decisions.entries()) {
    const verdict = decision.verdicts.find((one) => one.stage === stage)
    const isHeld = verdict?.verdict === 'HOLD' || verdict?.verdict === 'STOP'
    if (verdict && isHeld) {
      const next = decisions[i + 1]?.decision.at
      const held = {
        stage,
        verdict,
        from: decision.at,
        to: Math.max(decision.at, next ?? now),
        isLast: next === undefined,
      }
      if (goesOn) stops.push([held])
      else stops.at(-1)?.push(held)
    }
    goesOn = !isHeld
  }
  return stops
}

function stopOf(spans: Held[], cases: ReadonlyMap<string, Standing[]>, records: StoryRecords): Stop {
  const shares = new Map<string, Share>()
  for (const span of spans)
    for (const { whose, who, ms } of sharesOf(span, cases, records)) {
      const key = `${whose} ${who}`
      shares.set(key, { whose, who, ms: ms + (shares.get(key)?.ms ?? 0) })
    }
  const { stage, from } = spans[0] as Held
  const { to, isLast } = spans.at(-1) as Held
  const caseIds = [...new Set(spans.flatMap(({ verdict }) => verdict.caseIds))]
  const all = [...shares.values()].filter(({ ms }) => ms > 0)
  return { stage, from, to: isLast ? null : to, ms: to - from, caseIds, shares: all }
}

/** Cuts a span wherever something changes, and says of each piece whose it was. */
function sharesOf(
  { from, to, verdict }: Held,
  cases: ReadonlyMap<string, Standing[]>,
  { closedHours }: StoryRecords,
): Share[] {
  if (verdict.verdict === 'STOP') return [{ whose: 'stopped', who: '', ms: to - from }]
  const ids = verdict.caseIds
  const cuts = ids.flatMap((id) => [
    ...(cases.get(id) ?? []).map(({ at }) => at),
    ...(closedHours.get(id) ?? []).flatMap((span) => [span.from, span.to]),
  ])
  const within = [...new Set(cuts.filter((cut) => cut > from && cut < to))].sort((a, b) => a - b)
  const bounds = [from, ...within, to]
  return bounds.slice(1).map((end, i) => {
    const start = bounds[i] as Instant
    return { ...whoseAt(start, ids, cases, closedHours), ms: end - start }
  })
}

/** Of several cases that hold a stage, the one that somebody could have gone on with tells whose time it was. */
function whoseAt(
  at: Instant,
  caseIds: readonly string[],
  cases: ReadonlyMap<string, Standing[]>,
  closedHours: StoryRecords['closedHours'],
): Pick<Share, 'whose' | 'who'> {
  const now = caseIds.map((id) => {
    const standing = cases.get(id)?.findLast((one) => one.at <= at)
    const isClosed = (closedHours.get(id) ?? []).some(({ from, to }) => from <= at && at < to)
    return { is: standing?.is ?? 'closed', has: standing?.has ?? '', isClosed }
  })
  const open = now.filter(({ is }) => is === 'open')
  const having = [
    ...new Set(open.filter(({ isClosed, has }) => !isClosed && has !== '').map(({ has }) => has)),
  ]
  if (having.length > 0) return { whose: 'somebody', who: having.sort().join(', ') }
  if (open.some(({ isClosed }) => !isClosed)) return { whose: 'nobody', who: '' }
  if (now.some(({ is }) => is === 'waiting')) return { whose: 'answer', who: '' }
  return { whose: open.length > 0 ? 'closed' : 'holdpoint', who: '' }
}

/** How a case stands from an event on; as before after those that are not named. */
const standingAfter: Partial<Record<CaseEventType, Standing['is']>> = {
  OPENED: 'open',
  REOPENED: 'open',
  ANSWERED: 'open',
  UNANSWERED: 'open',
  ASKED: 'waiting',
  CLOSED: 'closed',
}

function standingsOf({ events }: StoryRecords): Map<string, Standing[]> {
  const cases = new Map<string, Standing[]>()
  for (const { event } of events) {
    const standings = cases.get(event.caseId) ?? []
    const last = standings.at(-1) ?? { is: 'open' as const, has: '' }
    const next: Standing = { ...last, at: event.at }
    if (event.assigned) next.has = event.assigned.name || event.assigned.subject
    next.is = standingAfter[event.type] ?? last.is
    if (!event.assigned && next.is === last.is) continue
    cases.set(event.caseId, [...standings, next])
  }
  return cases
}
