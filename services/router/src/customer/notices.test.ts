import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import {
  askedTerms,
  finding,
  given,
  type History,
  minute,
  sam,
  termsFinding,
  withFields,
} from '../testing/given.ts'

const address = () => given().revised({ findings: [finding('shipping-address')] })
const retryOf = (order: History) =>
  order.published('timers.schedule.v1').find(({ value }) => value?.kind === 'NOTICE_RETRY')?.value
const failed = { status: 'FAILED', detail: '451 try later' } as const

describe('the customer', () => {
  test('gets one letter for all cases that one revision opened', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [finding('large-order'), finding('shipping-address'), termsFinding()],
    })
    expect(order.published('notices.requested.v1').map(({ value }) => value)).toMatchObject([
      {
        noticeId: expect.stringMatching(/^N-[0-9A-HJKMNP-TV-Z]{10}$/),
        caseIds: [order.caseId('shipping-address'), order.caseId('billing-terms')],
        occasion: 'held',
        language: 'en',
        fromName: 'Harbour Gifts',
        replyTo: 'orders@harbour-gifts.example',
        to: 'orders@harbourlane.example',
        attempt: 1,
        subject: 'Your order SO-1041 waits for a moment',
        paragraphs: [
          { text: 'Dear Harbour Lane Gifts,' },
          { text: 'We are checking the address of SO-1041.' },
          { text: 'We are looking at the payment terms of SO-1041.' },
          {
            text:
              'You hear from us by Monday, 2 March 2026 at 11:00 GMT at the latest. ' +
              'The invoice and the delivery wait meanwhile. There is nothing that you have to do.',
          },
          { kind: 'SIGNATURE', text: 'Harbour Gifts\norders@harbour-gifts.example' },
        ],
      },
    ])
  })

  test('gets no word of a case whose type has no message', () => {
    expect(given().revised({ findings: [finding('large-order')] }).happened).toEqual(['OPENED'])
  })

  test.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE', 'de'],
    ['de_AT', 'de'],
    ['fr', 'fr'],
    ['nl', 'en'],
    ['', 'en'],
  ])('who speaks %j is written to in %s', (wanted, language) => {
    const order = given().revised({
      order: withFields(sampleOrder(), { 'customer.language': wanted }),
      findings: [finding('shipping-address')],
    })
    expect(order.published('notices.requested.v1')[0]?.value?.language).toBe(language)
  })

  test('without an address gets nothing, and the trail says so', () => {
    const order = given().revised({
      order: withFields(sampleOrder(), { 'customer.email': '' }),
      findings: [finding('shipping-address')],
    })
    expect(order.happened).toEqual(['OPENED', 'NOTICE_FAILED'])
    expect(order.published('notices.requested.v1')).toEqual([])
    expect(order.state.notices).toEqual([])
  })

  test.each([
    ['', 'The order has no e-mail address of the customer.'],
    ['notanemail', '"notanemail" is no e-mail address that can be written to.'],
  ])('with the address %j gets nothing, and the trail says why and what to do', (email, why) => {
    const order = given().revised({
      order: withFields(sampleOrder(), { 'customer.email': email }),
      findings: [finding('shipping-address')],
    })
    expect(order.last.events.at(-1)).toMatchObject({
      type: 'NOTICE_FAILED',
      notice: {
        detail: `${why} Have its source correct customer.email, or call them and write down what they say as a note.`,
      },
    })
  })
})

describe('a notice', () => {
  test('that was sent is over', () => {
    const order = address().noticeEnds({})
    expect(order.happened).toEqual(['NOTICE_SENT'])
    expect(order.state.notices).toEqual([])
  })

  test('that failed is asked for again when its timer fires, with the address that the order has then', () => {
    const order = address().noticeEnds(failed)
    const timer = retryOf(order)
    expect(timer).toMatchObject({ kind: 'NOTICE_RETRY', version: 1, dueAt: order.now + minute })
    order.revised({
      set: { 'customer.email': 'new@harbourlane.example' },
      findings: [finding('shipping-address')],
    })
    order.after(minute).fires(timer ?? {})
    expect(order.published('notices.requested.v1')[0]?.value).toMatchObject({
      attempt: 2,
      to: 'new@harbourlane.example',
    })
    expect(order.published('timers.schedule.v1')).toContainEqual(
      expect.objectContaining({ key: timer?.timerId, value: null }),
    )
  })

  test('is given up after five attempts, each later than the one before', () => {
    const order = address()
    const waits: number[] = []
    for (let attempt = 1; attempt <= 5; attempt++) {
      order.noticeEnds({ ...failed, attempt })
      const timer = retryOf(order)
      if (!timer) break
      waits.push((timer.dueAt - order.now) / minute)
      order.after(timer.dueAt - order.now).fires(timer)
    }
    expect(waits).toEqual([1, 5, 30, 120])
    expect(order.state.notices).toEqual([])
    expect(order.happened).toEqual(['NOTICE_FAILED'])
  })

  test('that can never be delivered is given up at once', () => {
    const order = address().noticeEnds({ ...failed, permanent: true })
    expect(retryOf(order)).toBeUndefined()
    expect(order.state.notices).toEqual([])
  })

  test('takes no outcome of an attempt that is not under way', () => {
    const order = address()
    const before = order.state
    expect(order.noticeEnds({ attempt: 2 }).state).toBe(before)
    expect(order.noticeEnds({ noticeId: 'N-NOBODY' }).state).toBe(before)
    order.noticeEnds(failed)
    expect(order.noticeEnds(failed).happened).toEqual([])
  })

  test('is not tried again when every case that it is about is closed', () => {
    const order = address().noticeEnds(failed)
    const timer = retryOf(order) ?? {}
    order.acts(sam, 'STOP', 'shipping-address').fires(timer)
    expect(order.happened).toEqual(['NOTICE_FAILED'])
    expect(order.published('notices.requested.v1')).toEqual([])
  })
})
