import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromJson, type OrderEvent } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import type { CaseDetail, DeadLetter, OrderView } from '../desk/answers.ts'
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

function seen(event: OrderEvent, own: { order?: object; cases?: object[]; letters?: object[] } = {}): Seen {
  const cause = { source: event.source, eventId: event.eventId }
  const order = {
    revisions: [{ revision: 2, cause }],
    decisions: [{ revision: 2, verdicts }],
    requests: [],
    deadLetters: [],
    ...own.order,
  }
  return {
    order: order as unknown as OrderView,
    cases: (own.cases ?? []) as CaseDetail[],
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
    expect(becameOf(place, seen(place, { order: { decisions: [] } }), false)).toBeUndefined()
    expect(becameOf(place, seen(request), false)).toBeUndefined()
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

  test('of a request is the case about it, whatever is decided meanwhile', () => {
    const about = { requestId, caseId: 'C-1', name: 'Billing terms', status: 'OPEN', decider: 'finance' }
    expect(becameOf(request, seen(request), false)).toBeUndefined()
    const became = becameOf(request, seen(request, { order: { decisions: [] }, cases: [about] }), false)
    expect(became).toMatchObject({ kind: 'asked', revision: 2, caseId: 'C-1', state: 'waits for finance' })
    expect(became && isGood(became)).toBe(true)
    const closed = seen(request, { cases: [{ ...about, status: 'CLOSED', outcome: 'APPROVED' }] })
    expect(becameOf(request, closed, false)).toMatchObject({ state: 'approved' })
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
  const patience = { visibleMs: 60, knownMs: 30, pollMs: 5 }
  const waiting = (wasKnown: boolean) => ({ wasKnown, since: 0, patience })
  const deskWith = (...orders: (object | undefined)[]): Desk =>
    ({ find: async () => (orders.length > 1 ? orders.shift() : orders[0]) }) as unknown as Desk

  test('goes on until something is seen', async () => {
    const { order } = seen(place)
    const desk = deskWith(undefined, { ...order, decisions: [] }, order)
    expect(await untilSeen(desk, place, waiting(false))).toMatchObject({ kind: 'revision' })
  })

  test('ends: what was known stays known, what is not seen is told', async () => {
    const { order } = seen(place)
    expect(await untilSeen(deskWith(order), place, waiting(true))).toEqual({ kind: 'known' })
    expect(await untilSeen(deskWith(undefined), place, waiting(false))).toEqual({ kind: 'not-seen' })
    expect(await knownBefore(deskWith(order), [place, request])).toEqual(new Set([place]))
  })
})
