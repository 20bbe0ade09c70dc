import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import type { NoticeRequest } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import type { Staff } from '../record/input.ts'
import {
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  hour,
  minute,
  sally,
  sam,
  start,
  termsFinding,
} from '../testing/given.ts'
import { samplePolicy } from '../testing/sample-policy.ts'

const roster = (more = '', notify = '') => `zone: UTC
people:
  - { subject: fiona, name: Fiona Walsh, email: fiona@example.com, roles: [finance]${notify} }
  - { subject: carl, name: Carl Lindqvist, email: carl@example.com, roles: [controller] }
  - { subject: sam, name: Sam Okafor, email: sam@example.com, roles: [support] }
  - { subject: sally, name: Sally Brennan, email: sally@example.com, roles: [sales] }
  - { subject: tom, name: Tom Ashworth, email: tom@example.com, roles: [sales] }
  - { subject: olga, name: Olga Petrova, email: olga@example.com, roles: [order-manager] }
${more}`

function staff(text = roster()): Staff {
  const read = parseRoster(text)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return { version: 1, roster: compileRoster(read.roster) }
}

/** Finance works from nine to half past five, London time. */
const office = () => {
  const policy = samplePolicy()
  const hours = { zone: 'Europe/London', open: { 'mon-fri': '09:00-17:30' } }
  return {
    ...policy,
    calendars: { office: hours },
    roles: new Map([...policy.roles, ['finance', { calendar: 'office', backup: 'controller' }] as const]),
  }
}

const at = (order: History): NoticeRequest[] =>
  order
    .published('notices.requested.v1')
    .flatMap(({ value }) => (value?.recipient === 'STAFF' ? [value] : []))
const heard = (order: History) =>
  at(order).map(({ person, channel, occasion }) => `${person} ${channel} ${occasion}`)
const textOf = (one: NoticeRequest | undefined) => one?.paragraphs.map(({ text }) => text).join('\n') ?? ''

const terms = (world = {}) =>
  given({ staff: staff(), ...world }).revised({ requests: [askedTerms()], findings: [termsFinding()] })

describe('staff are told', () => {
  test('who has a new case, and reviewers that their view is wanted', () => {
    const order = terms()
    expect(heard(order)).toEqual(['fiona EMAIL yours', 'tom EMAIL review'])
    expect(at(order)[0]).toMatchObject({
      to: 'fiona@example.com',
      subject: 'SO-1041: Billing terms outside the contract is yours until Monday, 2 March 2026 at 11:00 UTC',
    })
    expect(textOf(at(order)[0])).toContain('“Billing terms outside the contract” is yours to decide.')
  })

  test('by links that open the case with an action chosen, and only what they may do', () => {
    const actions = (one: NoticeRequest | undefined) =>
      one?.paragraphs.filter(({ kind }) => kind === 'CASE_LINK').map(({ action }) => action)
    const [owner, reviewer] = at(terms())
    expect(actions(owner)).toEqual(
      ['', 'approve', 'reject', 'stop', 'ask', 'note', 'reassign'].filter((one) => one !== 'reassign'),
    )
    expect(actions(reviewer)).toEqual(['', 'note'])
  })

  test('once, of all cases that came together', () => {
    const order = given({ staff: staff() }).revised({
      findings: [finding('large-order'), finding('late-change')],
    })
    expect(at(order)).toMatchObject([
      {
        person: 'fiona',
        occasion: 'yours',
        caseIds: [order.caseId('large-order'), order.caseId('late-change')],
      },
    ])
    expect(textOf(at(order)[0])).toContain('“Large order” and “Changed late” are yours to decide.')
  })

  test('the next level, when it becomes theirs too', () => {
    const order = terms()
      .after(2 * hour)
      .deadlinePasses('billing-terms')
    expect(heard(order)).toContain('carl EMAIL escalated')
  })

  test('the owner, of an answer; who asks and who answers hear nothing of themselves', () => {
    const order = terms().acts(fiona, 'ASK', 'billing-terms', { to: 'requester', reason: 'For how long?' })
    expect(heard(order)).toEqual(['sally EMAIL asked'])
    expect(textOf(at(order)[0])).toContain(
      'Fiona asks you something about “Billing terms outside the contract”.\nFor how long?',
    )
    order.acts(sally, 'ANSWER', 'billing-terms', { reason: 'A year.' })
    expect(heard(order)).toEqual(['fiona EMAIL answered'])
    expect(textOf(at(order)[0])).toContain('A year.')
  })

  test('who asked for it, how it was decided and why', () => {
    const order = terms().acts(fiona, 'REJECT', 'billing-terms', { reason: 'They paid late twice.' })
    expect(heard(order)).toEqual(['sally EMAIL decided'])
    expect(textOf(at(order)[0])).toContain(
      'Billing terms outside the contract\trejected: They paid late twice.',
    )
  })

  test('who has the case, that the customer could not be told', () => {
    const order = given({ staff: staff() }).revised({
      set: { 'customer.email': '' },
      findings: [finding('shipping-address')],
    })
    expect(heard(order)).toEqual(['sam EMAIL yours', 'sam EMAIL unreachable'])
  })

  test('the order owner, on duty or not, when nobody is there who could have it', () => {
    const away = ['fiona', 'carl', 'olga'].map(
      (person) => `  - { person: ${person}, from: 2026-01-01, to: 2026-12-31 }\n`,
    )
    const text = roster(`absences:\n${away.join('')}`)
    const order = given({ staff: staff(text) }).revised({ findings: [finding('large-order')] })
    expect(order.caseOf('large-order').assignee.subject).toBe('')
    expect(heard(order)).toEqual(['olga EMAIL escalated'])
  })

  test('nothing of what they do themselves', () => {
    const order = given({ staff: staff() }).revised({ findings: [finding('large-order')] })
    expect(heard(order.acts(fiona, 'CLAIM', 'large-order'))).toEqual([])
    expect(heard(order.acts(fiona, 'APPROVE', 'large-order'))).toEqual([])
  })

  test('in the chat of their role besides', () => {
    const text = roster('channels:\n  finance: { chat: finance-chat, webhook: finance-hook }\n')
    const order = given({ staff: staff(text) }).revised({ findings: [finding('large-order')] })
    expect(at(order).map(({ channel, to }) => `${channel} ${to}`)).toEqual([
      'EMAIL fiona@example.com',
      'CHAT finance-chat',
      'WEBHOOK finance-hook',
    ])
  })
})

describe('who wants it otherwise', () => {
  test.each([
    ['no mails', '{ mail: false }', 'fiona DESK yours'],
    ['no mail about this', '{ not: [yours] }', 'fiona DESK yours'],
    ['no mail about something else', '{ not: [review] }', 'fiona EMAIL yours'],
  ])('%s: %s', (_, notify, way) => {
    const order = given({ staff: staff(roster('', `, notify: ${notify}`)) }).revised({
      findings: [finding('large-order')],
    })
    expect(heard(order)).toEqual([way])
  })

  test('cannot switch off what the policy always tells', () => {
    const told = roster('', ', notify: { mail: false }')
    const policy = { ...samplePolicy(), alwaysTold: ['yours' as const] }
    const order = given({ staff: staff(told), policies: [policy] }).revised({
      findings: [finding('large-order')],
    })
    expect(heard(order)).toEqual(['fiona EMAIL yours'])
  })
})

describe('outside of working hours', () => {
  const friday = start + (4 * 24 + 11) * hour
  const atNight = () => {
    const order = given({ staff: staff(), policies: [office()] })
    order.now = friday
    return order.revised({ findings: [finding('large-order')] })
  }

  test('a mail waits for the morning, and then says what is true by then', () => {
    const order = atNight()
    expect(heard(order)).toEqual([])
    expect(order.state.staffNotices).toMatchObject([
      { person: 'fiona', attempt: 0, retryAt: start + 7 * 24 * hour },
    ])
  })

  test('and is not sent when somebody else has it by then', () => {
    const order = atNight()
    order.after(minute).acts(fiona, 'APPROVE', 'large-order')
    expect(order.waits(4 * 24 * hour)).toContain('NOTICE_RETRY')
    expect(at(order)).toEqual([])
    expect(order.state.staffNotices).toEqual([])
  })
})

describe('who wants one mail a day', () => {
  test('has it at their time, of what is theirs by then', () => {
    const order = given({ staff: staff(roster('', ', notify: { digest: "10:00" }')), policies: [office()] })
    order.revised({ findings: [finding('large-order'), finding('late-change')] })
    expect(heard(order)).toEqual([])
    order.after(minute).acts(fiona, 'APPROVE', 'large-order')
    order.waits(hour)
    const sent = order.steps.flatMap(({ publish }) =>
      publish.flatMap(({ topic, value }) =>
        topic === 'notices.requested.v1' && value?.recipient === 'STAFF' ? [value] : [],
      ),
    )
    expect(sent.map(({ at, digest, occasion }) => [(at - start) / hour, digest, occasion])).toContainEqual([
      1,
      true,
      'yours',
    ])
  })

  test('has what has escalated to them at once', () => {
    const text = roster().replace(
      'roles: [controller] }',
      'roles: [controller], notify: { digest: "16:00" } }',
    )
    const order = given({ staff: staff(text) }).revised({
      requests: [askedTerms()],
      findings: [termsFinding()],
    })
    order.after(2 * hour).deadlinePasses('billing-terms')
    expect(at(order)).toMatchObject([{ person: 'carl', occasion: 'escalated', digest: false }])
  })
})

describe('a message to staff that fails', () => {
  const failed = (order: History, own = {}) =>
    order.noticeEnds({
      noticeId: at(order)[0]?.noticeId ?? '',
      status: 'FAILED',
      detail: '451 later',
      ...own,
    })

  test('is tried again, with what is true then', () => {
    const order = failed(given({ staff: staff() }).revised({ findings: [finding('large-order')] }))
    expect(order.happened).toEqual([])
    expect(order.waits(minute)).toEqual(['NOTICE_RETRY'])
    expect(at(order)).toMatchObject([{ person: 'fiona', attempt: 2 }])
    order.noticeEnds({ noticeId: at(order)[0]?.noticeId ?? '', attempt: 2 })
    expect(order.state.staffNotices).toEqual([])
  })

  test('is told in the trail when it can never be delivered, and to who sees the whole order', () => {
    const order = failed(given({ staff: staff() }).revised({ findings: [finding('large-order')] }), {
      permanent: true,
      detail: '550 no such user',
    })
    expect(order.last.events).toMatchObject([
      {
        type: 'NOTICE_FAILED',
        reason: 'Fiona Walsh was not told: at the desk they see it all the same.',
        notice: { detail: '550 no such user' },
      },
    ])
    expect(at(order)).toMatchObject([
      {
        ...{ person: 'olga', channel: 'DESK', occasion: 'unreached' },
        subject: 'SO-1041: Large order: a mail to Fiona Walsh did not arrive',
      },
    ])
    expect(textOf(at(order)[0])).toContain('did not arrive; at the desk they see it all the same.')
    expect(textOf(at(order)[0])).toContain('550 no such user')
  })

  test('and whose case was decided meanwhile is sent no more', () => {
    const order = failed(given({ staff: staff() }).revised({ findings: [finding('large-order')] }))
    order.acts(carl, 'NOTE', 'large-order').acts(fiona, 'APPROVE', 'large-order')
    order.waits(minute)
    expect(at(order)).toEqual([])
  })
})

describe('a mail to staff that comes back', () => {
  const sent = (text?: string) => {
    const order = given({ staff: staff(text) }).revised({ findings: [finding('large-order')] })
    const { noticeId = '' } = at(order)[0] ?? {}
    return { order: order.noticeEnds({ noticeId }), noticeId }
  }

  test('is told on the case that they have, and to who sees the whole order; a second report changes nothing', () => {
    const { order, noticeId } = sent()
    order.bounces(noticeId, 'Fiona@Example.com')
    expect(order.last.events).toMatchObject([
      {
        type: 'NOTICE_FAILED',
        caseId: order.caseId('large-order'),
        reason: expect.stringContaining('Fiona Walsh was not told'),
      },
    ])
    expect(heard(order)).toEqual(['olga DESK unreached'])
    expect(order.bounces(noticeId, 'fiona@example.com').happened).toEqual([])
  })

  test('is one message for a person and day, whatever the orders', () => {
    const ids = [0, 1, 24].map((hours) => {
      const { order, noticeId } = sent()
      order.after(hours * hour).bounces(noticeId, 'fiona@example.com')
      return at(order)[0]?.noticeId
    })
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })

  test('is told once a day on an order, too, though each is an event of the case', () => {
    const { order, noticeId } = sent()
    order.bounces(noticeId, 'fiona@example.com')
    expect(order.after(minute).bounces('N-OTHER', 'fiona@example.com').happened).toEqual(['NOTICE_FAILED'])
    expect(heard(order)).toEqual([])
    order.after(24 * hour).bounces('N-THIRD', 'fiona@example.com')
    expect(heard(order)).toEqual(['olga DESK unreached'])
  })

  test('is told to the next level where the order owner it is that is not reached', () => {
    const text = roster()
      .replace('roles: [finance]', 'roles: [order-manager]')
      .replace('roles: [order-manager] }', 'roles: [finance, order-manager] }')
      .replace(/.*olga.*\n/, '')
    const { order, noticeId } = sent(text)
    order.bounces(noticeId, 'fiona@example.com')
    expect(heard(order)).toEqual(['carl DESK unreached'])
  })

  test.each(['', 'nobody@example.com', 'orders@harbour-lane.example'])(
    'to %j, of whom the roster knows nothing, changes nothing',
    (to) => {
      const { order, noticeId } = sent()
      expect(order.bounces(noticeId, to).happened).toEqual([])
    },
  )
})

test('without a roster nobody is known, and nobody is told', () => {
  const order = given().revised({ findings: [finding('large-order')] })
  expect(at(order)).toEqual([])
  expect(order.acts(sam, 'NOTE', 'large-order').state.staffNotices).toEqual([])
})
