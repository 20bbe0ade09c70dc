import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeadLetter, OrderView } from '@holdpoint/desk-contract'
import { fromJson, type OrderEvent } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import type { Desk } from '../desk/desk.ts'
import { knownBefore, untilSeen } from './until-seen.ts'
import { becameOf, becameText, isGood, type Seen } from './what-became.ts'

const samples = join(import.meta.dirname, '..', '..', '..', '..', 'infra', 'samples', 'story')

function eventIn(name: string): OrderEvent {
  const read = fromJson('orders.inbound.v1', JSON.parse(readFileSync(join(samples, name), 'utf8')))
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.value
}

const place = eventIn('1-place.json')
const request = eventIn('2-ask-terms.json')
const requestId = request.request?.requestId ?? ''

/** Bytes as Avro writes these texts one after the other, for texts shorter than 64 bytes. */
const avro = (...texts: string[]) =>
  Buffer.concat(texts.flatMap((text) => [Buffer.from([2 * text.length]), Buffer.from(text)])).toString(
    'base64',
  )

const verdicts = [{ stage: 'shipping', verdict: 'PROCEED', caseIds: [] }]

function seen(event: OrderEvent, own: { order?: object; letters?: object[] } = {}): Seen {
  const cause = { source: event.source, eventId: event.eventId }
  const order = {
    revisions: [{ revision: 2, cause }],
    decisions: [{ revision: 2, verdicts }],
    ...{ requests: [], deadLetters: [], events: [], cases: [] },
    ...own.order,
  }
  return {
    order: order as unknown as OrderView,
    letters: (own.letters ?? []) as (DeadLetter & { value: string })[],
  }
}

const letter = (value: string) => ({
  ...{ topic: 'orders.inbound.v1', partition: 1, offset: 7, code: 'CONFLICT', value },
  problems: [{ path: '', message: 'other content' }],
})

describe('what became of an event', () => {
  test('is its revision, once that is decided', () => {
    expect(becameOf(place, seen(place), false)).toEqual({
      kind: 'revision',
      revision: 2,
      verdicts: [{ stage: 'shipping', verdict: 'PROCEED' }],
    })
    expect(becameOf(place, seen(request), false)).toBeUndefined()
  })

  test('is that it was taken, where no decision has come of its revision', () => {
    const cancel: OrderEvent = { ...place, kind: 'CANCELLED', order: null }
    const stopped = [{ stage: 'shipping', verdict: 'STOP', caseIds: ['C-1'] }]
    const before = { decisions: [{ revision: 1, verdicts: stopped }], verdicts: stopped }
    const became = becameOf(cancel, seen(cancel, { order: before }), false)
    expect(became).toEqual({
      kind: 'taken',
      revision: 2,
      verdicts: [{ stage: 'shipping', verdict: 'STOP' }],
    })
    expect(became && [isGood(became), becameText(cancel, became)]).toEqual([
      true,
      expect.stringContaining('revision 2, decided as before: shipping STOP\n'),
    ])
    const undecided = becameOf(place, seen(place, { order: { decisions: [], verdicts: [] } }), false)
    expect(undecided && [isGood(undecided), becameText(place, undecided)]).toEqual([
      false,
      expect.stringContaining('it was taken, and nothing is decided yet. Do not send it again'),
    ])
  })

  test('is the dead letter that carries its id, whatever was known of the id before', () => {
    for (const wasKnown of [true, false]) {
      const became = becameOf(
        place,
        seen(place, { letters: [letter(avro(place.eventId, 'webshop'))] }),
        wasKnown,
      )
      expect(became).toMatchObject({ kind: 'dead-letter', letter: { code: 'CONFLICT' } })
    }
    // Another event of the same order, whose id begins in the same way.
    const other = seen(place, { letters: [letter(avro(`${place.eventId}-2`))] })
    expect(becameOf(place, other, false)).toMatchObject({ kind: 'revision' })
  })

  test('is nothing new where a revision of it was there before', () =>
    expect(becameOf(place, seen(place), true)).toBeUndefined())

  test('is the case of a request; without one it is told that nobody is asked', () => {
    const waits = { requests: [{ request: { requestId } }], decisions: [] }
    const asked = {
      ...waits,
      events: [{ caseId: 'C-1', opened: { requestId } }],
      cases: [{ caseId: 'C-1', name: 'Terms', status: 'OPEN', decider: 'finance' }],
    }
    const became = becameOf(request, seen(request, { order: asked }), false)
    expect(became && [isGood(became), becameText(request, became)]).toEqual([
      true,
      expect.stringContaining('revision 2: case C-1, "Terms", waits for finance\n'),
    ])
    const nobody = becameOf(request, seen(request, { order: waits }), false)
    expect(nobody).toEqual({ kind: 'no-case', revision: 2, requestId })
    expect(nobody && isGood(nobody)).toBe(false)
    // It was answered at once.
    expect(becameOf(request, seen(request), false)).toMatchObject({ kind: 'revision' })
  })

  test('is its revision alone for a stage, which changes no decision', () => {
    const started: OrderEvent = { ...place, kind: 'STAGE_STARTED' }
    expect(becameOf(started, seen(started, { order: { decisions: [] } }), false)).toEqual({
      ...{ kind: 'revision', revision: 2, verdicts: [] },
    })
  })
})

test('a dead letter is told with its code, what is wrong, and what to do', () => {
  const became = becameOf(place, seen(place, { letters: [letter(avro(place.eventId))] }), false)
  if (!became) throw new Error('nothing became of it')
  expect(isGood(became)).toBe(false)
  expect(becameText(place, became)).toMatch(
    /is a dead letter\. CONFLICT: other content\n.*give it one of its own.*\n.*holdpoint dlq show orders\.inbound\.v1 1 7\n/,
  )
})

describe('waiting', () => {
  const patience = { visibleMs: 60, knownMs: 30, changedMs: 20, pollMs: 5 }
  const waiting = (wasKnown: boolean) => ({ wasKnown, since: 0, patience })
  const deskWith = (...orders: (object | undefined)[]): Desk =>
    ({ find: async () => (orders.length > 1 ? orders.shift() : orders[0]) }) as unknown as Desk

  test('goes on until something is seen', async () => {
    const { order } = seen(place)
    const desk = deskWith(undefined, { ...order, decisions: [], verdicts: [] }, order)
    expect(await untilSeen(desk, place, waiting(false))).toMatchObject({ kind: 'revision' })
  })

  test('ends soon for what changes nothing that was decided, and goes on for what is not decided yet', async () => {
    const { order } = seen(place, { order: { decisions: [{ revision: 1, verdicts }], verdicts } })
    const begun = performance.now()
    const unhurried = { ...waiting(false), patience: { ...patience, visibleMs: 5_000 } }
    expect(await untilSeen(deskWith(order), place, unhurried)).toMatchObject({ kind: 'taken', revision: 2 })
    expect(performance.now() - begun).toBeLessThan(4_000)
    const undecided = { ...order, decisions: [], verdicts: [] }
    const decided = { ...order, decisions: [{ revision: 2, verdicts }] }
    expect(await untilSeen(deskWith(undecided, undecided, decided), place, waiting(false))).toMatchObject({
      kind: 'revision',
    })
  })

  test('ends: what was known stays known, what is not seen is told', async () => {
    const { order } = seen(place)
    expect(await untilSeen(deskWith(order), place, waiting(true))).toEqual({ kind: 'known' })
    expect(await untilSeen(deskWith(undefined), place, waiting(false))).toEqual({ kind: 'not-seen' })
    expect(await knownBefore(deskWith(order), [place, request])).toEqual(new Set([place]))
  })
})
