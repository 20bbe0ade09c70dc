import { type IntakeState, type Order, orderDigest, readField } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import fc, { type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import { evolve, type Input, initialState } from './evolve.ts'
import { correction, event, foldAll, NOW, ORDER, sampleRequest } from './testing/sample-inputs.ts'

const city = fc.constantFrom('Whitby', 'York')
const quantity = fc.constantFrom('6', '7', '8.5')

/** Few values, so that snapshots and corrections often meet in the same field. */
const order: Arbitrary<Order> = fc
  .record({ city, quantity, lines: fc.integer({ min: 0, max: 2 }) })
  .map((some) => {
    const base = sampleOrder(some.lines)
    const lines = base.lines.map((line) => ({ ...line, quantity: some.quantity }))
    return { ...base, lines, shipping: { ...base.shipping, city: some.city } }
  })

const eventInput: Arbitrary<Input> = fc
  .record({
    eventId: fc.integer({ min: 1, max: 12 }).map((n) => `e-${n}`),
    source: fc.constantFrom('shop', 'erp'),
    sequence: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 1 }),
    kind: fc.constantFrom(
      'PLACED',
      'CHANGED',
      'CHANGED',
      'REQUESTED',
      'CANCELLED',
      'STAGE_STARTED',
      'STAGE_DONE',
    ),
    order,
    requestId: fc.constantFrom('R-1', 'R-2', ''),
    facts: fc.dictionary(fc.constantFrom('gift', 'wrap'), fc.constantFrom('', 'yes')),
  })
  .map(({ order, requestId, ...rest }) =>
    event({
      ...rest,
      ...(rest.kind === 'PLACED' || rest.kind === 'CHANGED' ? { order } : {}),
      ...(rest.kind === 'REQUESTED' ? { request: sampleRequest({ requestId }) } : {}),
    }),
  )

const correctionInput: Arbitrary<Input> = fc
  .record({
    correctionId: fc.constantFrom('C-1:1', 'C-2:1', 'C-3:1'),
    requestId: fc.constantFrom('R-1', 'R-2', ''),
    settlement: fc.constantFrom('NONE', 'APPROVED', 'REJECTED'),
    corrections: fc.uniqueArray(
      fc.oneof(
        fc.record({ path: fc.constant('shipping.city'), expected: city, value: city }),
        fc.record({ path: fc.constant('lines.1.quantity'), expected: quantity, value: quantity }),
      ),
      { selector: (one) => one.path, maxLength: 2 },
    ),
  })
  .map(correction)

const inputs = fc.array(
  fc.oneof({ weight: 2, arbitrary: eventInput }, { weight: 1, arbitrary: correctionInput }),
  { maxLength: 20, size: 'max' },
)
/** Most sequences begin with an order, so that what follows is about something. */
const story = fc
  .tuple(fc.option(order), inputs)
  .map(([first, rest]) => [
    ...(first ? [event({ eventId: 'e-0', source: 'shop', order: first })] : []),
    ...rest,
  ])

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value))
    Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

function taken(all: readonly Input[]): Input[] {
  const { folded } = foldAll(all)
  return all.filter((_, index) => folded[index]?.kind === 'revised')
}

test('replaying what was taken gives the same state', () => {
  fc.assert(
    fc.property(story, (all) => {
      const replayed = taken(all).reduce<IntakeState | undefined>(
        (state, input) => evolve(state ?? initialState(ORDER), input, NOW).state,
        undefined,
      )
      expect(replayed).toEqual(foldAll(all).state)
    }),
  )
})

test('what was not taken changes nothing: without it the revisions are the same', () => {
  fc.assert(
    fc.property(story, (all) => {
      expect(foldAll(taken(all)).revisions).toEqual(foldAll(all).revisions)
    }),
  )
})

test('what was taken may come again anywhere later: it is dropped and changes nothing', () => {
  const repeats = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 10 })
  fc.assert(
    fc.property(story, repeats, (all, again) => {
      const once = taken(all)
      const more = once.map((input) => ({ input, repeat: false }))
      for (const [from, to] of again) {
        if (once.length === 0) break
        const original = from % once.length
        const after = more.findIndex((one) => one.input === once[original]) + 1
        more.splice(after + (to % (more.length - after + 1)), 0, {
          input: once[original] as Input,
          repeat: true,
        })
      }
      const { folded, state } = foldAll(more.map((one) => one.input))
      expect(folded.map((one) => one.kind)).toEqual(more.map((one) => (one.repeat ? 'dropped' : 'revised')))
      expect(state).toEqual(foldAll(once).state)
    }),
  )
})

test('folding in two parts is folding at once, and no state is ever changed in place', () => {
  fc.assert(
    fc.property(story, story, (first, second) => {
      const half = frozen(foldAll(frozen(first)).state)
      expect(foldAll(frozen(second), half).state).toEqual(foldAll([...first, ...second]).state)
    }),
  )
})

test('revisions are numbered without gaps, and each digest is that of its order', () => {
  fc.assert(
    fc.property(story, (all) => {
      foldAll(all).revisions.forEach((revision, index) => {
        expect(revision.revision).toBe(index + 1)
        expect(revision.digest).toBe(orderDigest(revision.order))
      })
    }),
  )
})

test('a revision names a change of the order exactly when its digest is another', () => {
  fc.assert(
    fc.property(story, (all) => {
      const { revisions } = foldAll(all)
      revisions.slice(1).forEach((revision, index) => {
        const changed = revision.changes.some(({ path }) => !path.startsWith('facts.'))
        expect(changed).toBe(revision.digest !== revisions[index]?.digest)
      })
    }),
  )
})

test('every correction that holds shows in the order, over what upstream sent last', () => {
  fc.assert(
    fc.property(story, (all) => {
      const { state } = foldAll(all)
      const snapshot = taken(all).findLast((input) => input.kind === 'event' && input.event.order !== null)
      if (!state?.order || snapshot?.kind !== 'event' || !snapshot.event.order) return
      for (const { path, value, upstream } of state.applied) {
        expect(readField(state.order, path)).toBe(value)
        expect(readField(snapshot.event.order, path)).toBe(upstream)
        expect(value).not.toBe(upstream)
      }
      const corrected = new Set(state.applied.map((one) => one.path))
      for (const path of ['shipping.city', 'lines.1.quantity'])
        if (!corrected.has(path))
          expect(readField(state.order, path)).toBe(readField(snapshot.event.order, path))
    }),
  )
})

test('corrections of different fields may come in any order', () => {
  fc.assert(
    fc.property(city, quantity, order, (to, many, next) => {
      const address = correction({ corrections: [{ path: 'shipping.city', expected: 'Whitby', value: to }] })
      const line = correction({
        correctionId: 'C-2:1',
        corrections: [{ path: 'lines.1.quantity', expected: '6', value: many }],
      })
      const later = event({ eventId: 'e-2', kind: 'CHANGED', order: next })
      const one = foldAll([event(), address, line, later]).state
      const other = foldAll([event(), line, address, later]).state
      expect(one?.digest).toBe(other?.digest)
    }),
  )
})
