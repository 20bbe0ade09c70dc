import { type Around, type CaseRow, foldCase, situationOf } from '@holdpoint/desk/core'
import { type KnownAction, knownActions, offersTo } from '@holdpoint/policy/authority'
import { type Context, type DomainEvent, type Routed, route, toRecord } from '@holdpoint/router/core'
import { actors, commandOf, type History, Life, person, type Step, steps } from '@holdpoint/router/testing'
import {
  type CaseState,
  type Command,
  type RefusalCode,
  type RouterState,
  readField,
  viewDigest,
} from '@holdpoint/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'

/** Refusals that say who somebody is. */
const forWhoTheyAre: readonly (RefusalCode | undefined)[] = [
  'NOT_OWNER',
  'REVIEWER_ONLY',
  'NOT_INVOLVED',
  'OWN_REQUEST',
  'FOUR_EYES',
]

const people = [...actors, person('nina', 'nobody-here')]

/** What can be seen of the random lives, so that a law that never meets anything is found. */
const met = { offered: 0, refusedForWhoTheyAre: new Set<RefusalCode>() }

test('the desk offers somebody what the router would not refuse them for who they are, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(steps, steps.map(afterBeginning)), (path) => {
      const life = new Life()
      for (const [i, step] of path.entries()) {
        const { length } = life.history.events
        life.do(step)
        const happened = life.history.events.slice(length)
        life.history.waits(0)
        if (i === path.length - 1 || happened.some(barsSomebody)) checkAll(life.history)
      }
    }),
    { numRuns: 60 },
  )
  expect(met.offered).toBeGreaterThan(500)
  expect([...met.refusedForWhoTheyAre].toSorted()).toEqual([...forWhoTheyAre].toSorted())
})

/**
 * A beginning that meets every refusal: two cases of which one person alone cannot be the end (values that somebody
 * sets, and an approval of two), a request that others review, and a case that its owner has raised.
 */
function afterBeginning(path: Step[]): Step[] {
  const found = ['refund', 'double'].map((type) => ({ type, value: '1' }))
  const said = { city: 'Leeds', to: '', wholeOrder: false, stale: false, again: false, speechless: false }
  return [
    { kind: 'revise', field: 'billing.terms', value: 'NET30', found },
    { kind: 'request' },
    { kind: 'act', actor: indexOf('olga'), action: 'RAISE', pick: 1, ...said },
    { kind: 'act', actor: 0, action: 'CORRECT', pick: 0, ...said },
    { kind: 'act', actor: 1, action: 'APPROVE', pick: 1, ...said },
    ...path,
  ]
}

const indexOf = (subject: string): number => actors.findIndex((one) => one.subject === subject)

/** What only some moments of a life have: somebody has proposed or approved something, and others have to. */
const barsSomebody = ({ type }: DomainEvent): boolean => type === 'PROPOSED' || type === 'APPROVAL_GIVEN'

function checkAll(history: History): void {
  for (const one of history.state.cases) checkCase(history, one)
}

function checkCase({ state, events, context, now }: History, one: CaseState): void {
  const row = rowOf(events, one.caseId)
  const situation = situationOf(row, aroundIn(state, context, row))
  for (const actor of people) {
    const { mayDo } = offersTo({ ...actor, email: '' }, situation)
    for (const action of knownActions) {
      const command = commandOf(actor, action, { ...sayingEnough(state, one, action), at: now })
      const refusal = refusalOf(route(state, { kind: 'command', command }, context))
      const isOffered = mayDo.includes(action)
      const what = `${action} by ${actor.subject} on ${one.type}: ${refusal ?? 'done'}`
      if (isOffered) met.offered += 1
      if (forWhoTheyAre.includes(refusal)) {
        met.refusedForWhoTheyAre.add(refusal as RefusalCode)
        expect(isOffered, what).toBe(false)
      }
      if (!isOffered) expect(refusal, what).toBeDefined()
    }
  }
}

/** The case as the desk has it, from the records that the router publishes. */
function rowOf(events: readonly DomainEvent[], caseId: string): CaseRow {
  const own = events.filter((event) => event.caseId === caseId).map(toRecord)
  return own.reduce<CaseRow | undefined>((row, event) => foldCase(row, event), undefined) as CaseRow
}

function aroundIn(state: RouterState, context: Context, row: CaseRow): Around {
  const latest = context.latestPolicy()
  return {
    policy: context.policy(row.policy_version),
    newest: { version: latest, policy: context.policy(latest) },
    roster: context.roster(0)?.roster,
    request: state.requests.find(({ request }) => request.requestId === row.request_id)?.request,
    now: context.now,
  }
}

/** A command that says all that its action needs, on what is displayed now. */
function sayingEnough({ digest, order }: RouterState, one: CaseState, action: KnownAction): Partial<Command> {
  const expected = (order && readField(order, 'shipping.city')) ?? ''
  const sets = action === 'CORRECT'
  return {
    commandId: `${one.caseId} ${action}`,
    caseId: one.caseId,
    digest: viewDigest(digest, one.proposal),
    to: action === 'ASK' ? 'sales' : 'frank',
    corrections: sets ? [{ path: 'shipping.city', expected, value: 'York' }] : [],
  }
}

const refusalOf = ({ events }: Routed): RefusalCode | undefined =>
  events.flatMap((event) => (event.type === 'REFUSED' ? event.refused.code : []))[0]
