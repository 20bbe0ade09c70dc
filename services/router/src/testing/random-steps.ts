import type { Action, Actor, StageState } from '@holdpoint/schemas'
import fc from 'fast-check'
import { carl, fiona, olga, person, sally, sam, wanda } from './given.ts'

/** One thing that may happen to an order; `pick` chooses among what there is at that moment. */
export type Step =
  | { kind: 'revise'; field: string; value: string; found: { type: string; value: string }[] }
  | { kind: 'request' }
  | { kind: 'stage'; stage: string; state: StageState }
  | { kind: 'cancel' }
  | ({ kind: 'act'; stale: boolean; again: boolean; speechless: boolean } & Act)
  | ({ kind: 'race'; rival: number; second: Action } & Act)
  | { kind: 'wait'; minutes: number }
  | { kind: 'fire'; pick: number }
  | { kind: 'roster'; version: number }
  | { kind: 'duty' }
  | { kind: 'publish' }
  | { kind: 'notice'; failed: boolean; permanent: boolean }
  | { kind: 'intake' }

export interface Act {
  actor: number
  action: Action
  pick: number
  city: string
  to: string
  wholeOrder: boolean
}

const frank = person('frank', 'finance')
/** Everybody who may do something in these lives. */
export const actors: readonly Actor[] = [fiona, frank, carl, sam, sally, olga, wanda]

const decisions = ['APPROVE', 'REJECT', 'CORRECT', 'STOP', 'CLEAR'] as const
/** A question and its answer have to meet. */
const talk = ['ASK', 'ANSWER'] as const
const others = ['NOTE', 'CLAIM', 'REASSIGN', 'RAISE', 'REOPEN', 'REPLAN', 'UNKNOWN'] as const
const cities = fc.constantFrom('Whitby', 'Leeds', 'Hull')
const found = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom(
      'shipping-address',
      'large-order',
      'late-change',
      'cannot-classify',
      'refund',
      'double',
      'cleared',
    ),
    value: fc.constantFrom('1', '2'),
  }),
  { selector: ({ type }) => type, maxLength: 3 },
)

const act = {
  actor: fc.nat(actors.length - 1),
  action: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...decisions) },
    { weight: 2, arbitrary: fc.constantFrom(...talk) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  ),
  pick: fc.nat(9),
  city: cities,
  to: fc.constantFrom('customer', 'requester', 'sales', 'frank', 'nowhere'),
  wholeOrder: fc.boolean(),
}

const arbitraries: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('revise' as const),
      field: fc.constantFrom('shipping.city', 'billing.terms'),
      value: cities,
      found,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('request' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stage' as const),
      stage: fc.constantFrom('invoicing', 'shipping'),
      state: fc.constantFrom('STARTED' as const, 'DONE' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      stale: fc.boolean(),
      again: fc.boolean(),
      speechless: fc.boolean(),
      ...act,
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      stale: fc.constant(false),
      again: fc.constant(false),
      speechless: fc.constant(false),
      ...act,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('race' as const),
      rival: fc.nat(actors.length - 1),
      second: fc.constantFrom(...decisions),
      ...act,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(900) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fire' as const), pick: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('roster' as const), version: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('duty' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('publish' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('notice' as const),
      failed: fc.boolean(),
      permanent: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('intake' as const) }) },
]

/** Random lives of one order. */
export const steps = fc.array(fc.oneof(...arbitraries), { minLength: 1, maxLength: 40, size: 'max' })
