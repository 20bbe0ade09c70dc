export {
  type ActionField,
  type ActionRule,
  type CaseAction,
  endsCase,
  type KnownAction,
  knownActions,
  ruleOf,
} from './actions.ts'
export { customerSubject } from './checks.ts'
export type { CaseFacts, NewestPolicy, Refusal, Situation, TypeFacts, Who } from './facts.ts'
export { type Ladder, ladderOf } from './ladder.ts'
export {
  askable,
  decidingRoles,
  hasRequester,
  isOwn,
  isStaff,
  rolesConcerned,
  takers,
  whom,
} from './people.ts'
export { refuse } from './refuse.ts'
export { inPlaceOf } from './seats.ts'
export { type Stops, stopsOf } from './stops.ts'
export { type Hand, isUnbarred, nobody, nobodyBarred, type Turn, turnAt } from './turn.ts'
export { type Offers, offersTo, surelyNot, whyNobody, whyNot } from './why-not.ts'
