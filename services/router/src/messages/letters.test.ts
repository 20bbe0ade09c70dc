import { describe, expect, test } from 'vitest'
import {
  askedTerms,
  finding,
  fiona,
  given,
  type History,
  hour,
  minute,
  olga,
  sam,
  termsFinding,
} from '../testing/given.ts'

const letterOf = (order: History) => order.published('notices.requested.v1').at(-1)?.value
const textOf = (order: History): string =>
  letterOf(order)
    ?.paragraphs.map(({ text }) => text)
    .join('\n') ?? ''

const city = { path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }
const address = () => given().revised({ findings: [finding('shipping-address')] })

describe('while something holds the order, the customer', () => {
  test('is not told that goods leave which another case holds', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [termsFinding(), finding('large-order')],
    })
    expect(textOf(order)).toContain('The invoice and the delivery wait meanwhile.')
  })

  test('is told what goes on all the same', () => {
    const order = given().revised({ requests: [askedTerms()], findings: [termsFinding()] })
    expect(textOf(order)).toContain('The invoice waits meanwhile. The delivery goes on as planned.')
  })

  test('is told nothing of an invoice that is written already but that', () => {
    const order = given()
      .revised({ stages: { invoicing: 'DONE' } })
      .revised({ findings: [finding('shipping-address')] })
    expect(textOf(order)).toContain('The delivery wait')
    expect(textOf(order)).not.toMatch(/invoice/i)
  })

  test.each(['Atlantis', 'Germany', 'de_DE'])('is written to, also when the goods go to "%s"', (country) => {
    const order = given().revised({
      set: { 'shipping.country': country },
      findings: [finding('shipping-address')],
    })
    expect(letterOf(order)?.occasion).toBe('held')
  })

  test('hears the latest deadline of all cases, not the first', () => {
    const order = given().revised({ findings: [finding('shipping-address'), finding('cannot-classify')] })
    expect(textOf(order)).toContain('by Monday, 2 March 2026 at 13:00 GMT')
  })

  test('is not told to do nothing while a question waits for them', () => {
    const order = address()
    order.acts(sam, 'ASK', 'shipping-address', { to: 'customer', within: '1 hour', reason: 'Which Whitby?' })
    expect(textOf(order)).toContain('Which Whitby?\nPlease answer by Monday, 2 March 2026 at 10:00 GMT.')
    order
      .after(4 * minute)
      .revised({ findings: [finding('shipping-address'), termsFinding()], requests: [askedTerms()] })
    expect(textOf(order)).toContain('We still wait for your answer to this:\nWhich Whitby?')
    expect(textOf(order)).not.toContain('nothing that you have to do')
  })

  test('hears from us by the time that was promised, also when nobody has decided', () => {
    const order = address()
    expect(textOf(order)).toContain('You hear from us by Monday, 2 March 2026 at 11:00 GMT at the latest.')
    expect(order.waits(2 * hour)).toContain('SILENCE')
    expect(textOf(order)).toContain(
      'You were to hear from us by Monday, 2 March 2026 at 11:00 GMT. It takes longer than we thought; we are sorry.',
    )
    expect(textOf(order)).not.toContain('You hear from us by')
    expect(order.waits(100 * hour)).not.toContain('SILENCE')
  })
})

describe('when it is over, the customer is told', () => {
  test('that it was approved, with what was agreed, once the order says so', () => {
    const order = given().revised({ requests: [askedTerms()], findings: [termsFinding()] })
    order.acts(fiona, 'APPROVE', 'billing-terms')
    expect(letterOf(order)).toBeUndefined()
    order.carriedOut()
    expect(letterOf(order)).toMatchObject({ occasion: 'ended', subject: 'Your order SO-1041 goes on' })
    expect(textOf(order)).toBe(
      [
        'Dear Harbour Lane Gifts,',
        'We have looked at your order, and all is well.',
        'This is what your order says now:',
        'Payment terms\t60 days net',
        'Your order goes on now.',
        'Harbour Gifts\norders@harbour-gifts.example',
      ].join('\n'),
    )
  })

  test('that what was asked for cannot be done, and that the order goes on', () => {
    const order = given().revised({ requests: [askedTerms()], findings: [termsFinding()] })
    order.acts(fiona, 'REJECT', 'billing-terms')
    expect(textOf(order)).toContain('it cannot be done like that.\nYour order goes on now.')
  })

  test('in the words of who decided it, where they have some', () => {
    const order = given().revised({ requests: [askedTerms()], findings: [termsFinding()] })
    const forCustomer = 'We would be glad to talk about it after the next three orders.'
    order.acts(fiona, 'REJECT', 'billing-terms', { reason: 'Two late payments.', forCustomer })
    expect(textOf(order)).toContain(`it cannot be done like that.\n${forCustomer}\nYour order goes on now.`)
    expect(textOf(order)).not.toContain('late payments')
  })

  test('what was put right', () => {
    const order = address().corrects(sam, 'shipping-address', [city]).carriedOut()
    expect(textOf(order)).toContain(
      'We have put right what was wrong with your order.\nThis is what your order says now:\nTown of delivery\tLeeds',
    )
  })

  test('that the order was stopped, at once', () => {
    const order = address().acts(sam, 'STOP', 'shipping-address')
    expect(letterOf(order)?.subject).toBe('Your order SO-1041 has been stopped')
    expect(textOf(order)).toContain('Your order has been stopped and does not go on.')
  })

  test('that it is cancelled, and no more', () => {
    const order = address().revised({ cancelled: true })
    expect(textOf(order)).toBe(
      'Dear Harbour Lane Gifts,\nYour order is cancelled and does not go on.\nHarbour Gifts\norders@harbour-gifts.example',
    )
  })

  test('of all cases at once, when the last of them is over and the order is cleared', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [termsFinding(), finding('shipping-address')],
    })
    order
      .acts(fiona, 'REJECT', 'billing-terms')
      .revised({ requests: [], findings: [finding('shipping-address')] })
    order.corrects(sam, 'shipping-address', [city]).carriedOut()
    expect(order.events.filter(({ type }) => type === 'NOTICE_REQUESTED')).toHaveLength(2)
    order.acts(olga, 'CLEAR', 'clearance')
    expect(textOf(order)).toContain(
      'it cannot be done like that.\nWe have put right what was wrong with your order.',
    )
    expect(textOf(order)).toContain('Your order goes on now.')
  })

  test('in the words of the order owner who cleared it', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [termsFinding(), finding('shipping-address')],
    })
    order
      .acts(fiona, 'REJECT', 'billing-terms')
      .revised({ requests: [], findings: [finding('shipping-address')] })
    order.corrects(sam, 'shipping-address', [city]).carriedOut()
    order.acts(olga, 'CLEAR', 'clearance', { forCustomer: 'Thank you for your patience.' })
    expect(textOf(order)).toContain('\nThank you for your patience.\n')
  })

  test('again, when a decision is taken back', () => {
    const order = address().acts(sam, 'STOP', 'shipping-address').acts(sam, 'REOPEN', 'shipping-address')
    expect(letterOf(order)?.occasion).toBe('held')
    expect(textOf(order)).toContain('We wrote to you that this was over. We look at it once more.')
  })

  test('so, and is not told that what was put aside by that has settled itself', () => {
    const order = given().revised({ findings: [finding('shipping-address'), finding('large-order')] })
    order.acts(sam, 'ASK', 'shipping-address', { to: 'customer', reason: 'Which Whitby?' })
    order.acts(fiona, 'STOP', 'large-order', { forCustomer: 'Please pay your last invoice first.' })
    expect(textOf(order)).not.toContain('settled')
    expect(textOf(order)).toContain(
      'Please pay your last invoice first.\nWhat we asked you needs no answer any more.\nYour order has been stopped',
    )
  })

  test('what changed, also when the first attempt to say so fails', () => {
    const order = address().corrects(sam, 'shipping-address', [city]).carriedOut()
    const noticeId = letterOf(order)?.noticeId ?? ''
    order.noticeEnds({ noticeId, status: 'FAILED', detail: '451 later' }).waits(2 * minute)
    expect(letterOf(order)).toMatchObject({ noticeId, attempt: 2, occasion: 'ended' })
    expect(textOf(order)).toContain('Town of delivery\tLeeds')
  })
})

describe('a letter that comes back', () => {
  test('is told of on its cases, once', () => {
    const order = address()
    const noticeId = letterOf(order)?.noticeId ?? ''
    order.noticeEnds({ noticeId }).bounces(noticeId)
    expect(order.last.events).toMatchObject([
      { type: 'NOTICE_FAILED', reason: 'The message came back.', notice: { detail: '550 no such user' } },
    ])
    expect(order.bounces(noticeId).happened).toEqual([])
  })

  test('is of no account when another letter has followed it', () => {
    const order = address()
    const first = letterOf(order)?.noticeId ?? ''
    order
      .noticeEnds({ noticeId: first })
      .acts(sam, 'ASK', 'shipping-address', { to: 'customer', reason: 'Which?' })
    order.noticeEnds({ noticeId: letterOf(order)?.noticeId ?? '' })
    expect(order.bounces(first).happened).toEqual([])
  })
})

test('the customer whose time to answer is over hears that it goes on without, and by when', () => {
  const order = address()
  order.acts(sam, 'ASK', 'shipping-address', { to: 'customer', within: '1 hour', reason: 'Which Whitby?' })
  order.waits(hour)
  expect(letterOf(order)?.occasion).toBe('unanswered')
  expect(textOf(order)).toContain('the time for an answer is over. We go on without it')
  expect(textOf(order)).toContain('You hear from us by Monday, 2 March 2026 at 12:00 GMT at the latest.')
})

test('who had no address is told of what is open as soon as there is one, and of what has ended too', () => {
  const open = given().revised({ set: { 'customer.email': '' }, findings: [finding('shipping-address')] })
  expect(letterOf(open)).toBeUndefined()
  open.revised({ set: { 'customer.email': 'new@example.com' }, findings: [finding('shipping-address')] })
  expect(letterOf(open)).toMatchObject({ occasion: 'held', to: 'new@example.com' })
  const ended = given().revised({ set: { 'customer.email': '' }, findings: [finding('shipping-address')] })
  ended.acts(sam, 'STOP', 'shipping-address')
  expect(letterOf(ended)).toBeUndefined()
  ended.revised({ set: { 'customer.email': 'new@example.com' }, findings: [finding('shipping-address')] })
  expect(letterOf(ended)).toMatchObject({ occasion: 'ended', to: 'new@example.com' })
})

test('who has heard nothing of a case hears nothing of its end', () => {
  const order = given()
    .revised({ findings: [finding('large-order')] })
    .acts(fiona, 'APPROVE', 'large-order')
  expect(order.published('notices.requested.v1')).toEqual([])
})
