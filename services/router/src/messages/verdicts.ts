import type { RouterState, StageVerdict, Verdict } from '@holdpoint/schemas'
import { clearanceHolds, isOpenInRound } from '../record/round.ts'
import { hasStarted, isHolding } from '../record/state.ts'

/**
 * One verdict per stage: STOP when the order was cancelled or a case stopped the stage, HOLD while a case holds it or
 * the order waits for its clearance, else PROCEED. `stages`: those of the policy; stages that only an older case knows come behind them.
 */
export function verdictsOf(state: RouterState, stages: readonly string[]): StageVerdict[] {
  if (state.cases.length === 0) return stages.map((stage) => verdictOn(state, stage))
  const touched = state.cases.flatMap((one) => [...one.stops, ...(isHolding(one) ? one.holds : [])])
  return [...new Set([...stages, ...touched])].map((stage) => verdictOn(state, stage))
}

function verdictOn(state: RouterState, stage: string): StageVerdict {
  const { verdict, caseIds } = behind(state, stage)
  const started = hasStarted(state, stage)
  const blocked = verdict !== 'PROCEED'
  return {
    stage,
    verdict,
    caseIds,
    recall: blocked && wasReleased(state, stage),
    tooLate: blocked && started,
  }
}

function behind(state: RouterState, stage: string): { verdict: Verdict; caseIds: string[] } {
  const stopped = state.cases.filter(({ stops }) => stops.includes(stage)).map(({ caseId }) => caseId)
  if (state.cancelled || stopped.length > 0) return { verdict: 'STOP', caseIds: stopped }
  const held = state.cases.filter((one) => isHolding(one) && one.holds.includes(stage))
  if (held.length > 0) return { verdict: 'HOLD', caseIds: held.map(({ caseId }) => caseId) }
  if (!hasStarted(state, stage) && clearanceHolds(state).includes(stage))
    return { verdict: 'HOLD', caseIds: state.cases.filter(isOpenInRound).map(({ caseId }) => caseId) }
  return { verdict: 'PROCEED', caseIds: [] }
}

/** A recall stands until the stage is released again. */
function wasReleased({ verdicts }: RouterState, stage: string): boolean {
  const last = verdicts.find((one) => one.stage === stage)
  return last !== undefined && (last.verdict === 'PROCEED' || last.recall)
}
