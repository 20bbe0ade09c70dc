import { clearance } from '@holdpoint/policy'
import type { CaseState, Round, RouterState } from '@holdpoint/schemas'
import type { DomainEvent } from './event.ts'
import { isService } from './input.ts'
import { caseOf, keepsWaiting } from './state.ts'

/*
 * A round: the cases that hold stages of an order, from the first that opens until the order is free again. When
 * several of them meet, or one of a type that asks for clearance is among them, none of their stages goes on before
 * all are closed and the order owner has cleared the order: one bundle, and not a release for each case.
 */

/** A case that holds nothing meets nobody; the clearance itself is what the round ends with. */
export const isOpenInRound = (one: CaseState): boolean => one.type !== clearance && keepsWaiting(one)

/** The stages that go on only when the order owner has cleared the order, now or once its last case is closed. */
export function clearanceHolds({ round, cases }: Pick<RouterState, 'round' | 'cases'>): string[] {
  if (!round || (round.cases < 2 && !round.clearance)) return []
  // All of them ended by themselves: the order is as the rules want it, and nobody has decided anything.
  if (!round.decided && !cases.some(isOpenInRound)) return []
  const stopped = new Set(cases.flatMap(({ stops }) => stops))
  return round.holds.filter((stage) => !stopped.has(stage))
}

/** The record with its round after an event, whose case is in `state` already. */
export function withRound(state: RouterState, event: DomainEvent): RouterState {
  const one = caseOf(state, event.caseId)
  if (!one) return state
  switch (event.type) {
    case 'OPENED':
    case 'REOPENED':
      return isOpenInRound(one) ? { ...state, round: joined(state.round, one, event.type) } : state
    case 'CLOSED':
      return afterClosing(state, one, isService(event.actor.subject))
    default:
      return state
  }
}

/** A case that is opened again has been counted, if its round goes on. */
function joined(round: Round | null, one: CaseState, by: 'OPENED' | 'REOPENED'): Round {
  const { cases, holds, clearance, decided } = round ?? {
    cases: 0,
    holds: [],
    clearance: false,
    decided: false,
  }
  return {
    cases: by === 'REOPENED' && round ? cases : cases + 1,
    holds: [...new Set([...holds, ...one.holds])],
    clearance: clearance || one.clearance,
    decided,
  }
}

function afterClosing(state: RouterState, one: CaseState, byItself: boolean): RouterState {
  const { round } = state
  if (!round) return state
  if (one.type === clearance) return one.outcome === 'OBSOLETE' ? state : { ...state, round: null }
  const counted = {
    ...state,
    round: { ...round, decided: round.decided || (!byItself && one.holds.length > 0) },
  }
  if (state.cases.some(isOpenInRound) || clearanceHolds(counted).length > 0) return counted
  return { ...state, round: null }
}
