/** Who has a case is who is on duty now and can decide it. */
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import { describe, expect, test } from 'vitest'
import {
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  minute,
  olga,
  person,
  sam,
  start,
  termsFinding,
} from '../testing/given.ts'
import { exceptionType, samplePolicy } from '../testing/sample-policy.ts'

const hour = 60 * minute
const day = 24 * hour
const frank = person('frank', 'finance')
const suzy = person('suzy', 'support')

const everybody = `
  - { subject: fiona, name: Fiona Walsh, email: fiona@gifts.example, roles: [finance] }
  - { subject: frank, name: Frank Tan, email: frank@gifts.example, roles: [finance] }
  - { subject: sam, name: Sam Okafor, roles: [support] }
  - { subject: suzy, name: Suzy Lau, roles: [support] }
  - { subject: carl, name: Carl Lindqvist, roles: [controller] }
  - { subject: olga, name: Olga Petrova, roles: [order-manager] }`

/** On Monday 2 March 2026, 09:00 UTC. */
function staff(more = '', { version = 1, people = everybody } = {}) {
  const read = parseRoster(`zone: UTC\npeople:${people}\n${more}`)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return { version, roster: compileRoster(read.roster) }
}

const without = (...subjects: string[]) =>
  everybody
    .split('\n')
    .filter((line) => !subjects.some((subject) => line.includes(`subject: ${subject},`)))
    .join('\n')

/** An order with a case of support, which has the rota that `more` says. */
const address = (more = '') =>
  given({ staff: staff(more) }).revised({ findings: [finding('shipping-address')] })

function asks(by: string, world: Parameters<typeof given>[0] = { staff: staff() }): History {
  const open = askedTerms()
  return given(world).revised({
    requests: [{ ...open, request: { ...open.request, by } }],
    findings: [termsFinding()],
  })
}

const hasIt = (order: History, type: string) => {
  const { level, assignee } = order.caseOf(type)
  return { level, who: assignee.subject }
}

describe('duty that changes hands', () => {
  const rota =
    'rotas:\n  support: { hand-over: "09:00", turn: 1 week, starts: 2026-03-02, people: [sam, suzy] }\n'

  test('takes open cases along, and the record says why', () => {
    const order = address(rota)
    expect(hasIt(order, 'shipping-address')).toEqual({ level: 0, who: 'sam' })
    order.after(7 * day).dutyChanges()
    expect(order.last.events).toMatchObject([
      {
        type: 'ASSIGNED',
        actor: { subject: 'system:router' },
        assigned: { subject: 'suzy' },
        reason: 'Sam Okafor is not on duty any more. Suzy Lau has the case now.',
        rosterVersion: 1,
      },
    ])
    expect(order.dutyChanges().happened).toEqual([])
  })

  test('leaves a case with who took it until it changes again', () => {
    const order = address(rota)
      .acts(suzy, 'CLAIM', 'shipping-address')
      .after(3 * day)
    order.dutyChanges()
    expect(hasIt(order, 'shipping-address').who).toBe('suzy')
    order.after(11 * day).dutyChanges()
    expect(hasIt(order, 'shipping-address').who).toBe('sam')
  })

  test('takes a case that waits for an answer as well', () => {
    const order = address(rota).acts(sam, 'ASK', 'shipping-address', { to: 'sales', within: '10 days' })
    order.after(7 * day).dutyChanges()
    expect(order.caseOf('shipping-address')).toMatchObject({
      status: 'WAITING',
      assignee: { subject: 'suzy' },
    })
  })

  test('is seen by whatever comes for the order next', () => {
    const order = address(rota).after(7 * day)
    order.revised({ set: { 'customer.phone': '1' }, findings: [finding('shipping-address')] })
    expect(order.happened).toEqual(['ORDER_CHANGED', 'ASSIGNED'])
  })

  test('leaves closed cases alone', () => {
    const order = address(rota)
      .acts(sam, 'STOP', 'shipping-address')
      .after(7 * day)
      .dutyChanges()
    expect(order.happened).toEqual([])
  })
})

describe('an absence', () => {
  const away = (substitute: string) =>
    `absences:\n  - { person: sam, from: 2026-03-03, to: 2026-03-05${substitute} }\n`

  test('hands the case to who stands in', () => {
    const order = address(
      `rotas:\n  support: { hand-over: "09:00", turn: 4 weeks, starts: 2026-03-02, people: [sam] }\n${away(', substitute: suzy')}`,
    )
    order.after(day).dutyChanges()
    expect(order.last.events).toMatchObject([
      {
        type: 'ASSIGNED',
        assigned: { subject: 'suzy' },
        reason: 'Sam Okafor is away. Suzy Lau has the case now.',
      },
    ])
    order.after(3 * day).dutyChanges()
    expect(hasIt(order, 'shipping-address').who).toBe('sam')
  })

  test('of the only one there is passes the case to the next level at once; its deadline stays', () => {
    const world = { staff: staff(away(''), { people: without('suzy') }) }
    const order = given(world).revised({ findings: [finding('shipping-address')] })
    const { clock } = order.caseOf('shipping-address')
    order.after(day).dutyChanges()
    expect(order.last.events).toMatchObject([
      { type: 'ESCALATED', reason: 'Nobody of support is on duty: order-manager may decide too.' },
    ])
    expect(order.caseOf('shipping-address')).toMatchObject({ level: 1, clock, assignee: { subject: 'olga' } })
  })

  test('of who took a case ends that', () => {
    const order = address(away('')).acts(sam, 'CLAIM', 'shipping-address')
    order.after(day).dutyChanges()
    expect(hasIt(order, 'shipping-address')).toEqual({ level: 0, who: 'suzy' })
  })
})

describe('a new roster', () => {
  test('hands over the cases of who has left', () => {
    const order = address()
    order.with({ staff: staff('', { version: 2, people: without('sam') }) }).dutyChanges()
    expect(order.last.events).toMatchObject([
      {
        type: 'ASSIGNED',
        rosterVersion: 2,
        reason: 'Sam Okafor is not in the roster any more. Suzy Lau has the case now.',
      },
    ])
  })

  test('that leaves everybody where they are moves nothing', () => {
    const order = address()
    order.with({ staff: staff('', { version: 2 }) }).dutyChanges()
    expect(order.happened).toEqual([])
    expect(order.published('timers.schedule.v1')).toEqual([])
  })

  test('the first one gives cases to somebody', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    expect(hasIt(order, 'shipping-address').who).toBe('')
    expect(hasIt(order.with({ staff: staff() }).dutyChanges(), 'shipping-address').who).toBe('sam')
  })
})

test('outside the hours of a rota a case waits for the morning with who had it, and the next level may decide', () => {
  const order = address(
    'rotas:\n  support: { hand-over: "09:00", turn: 1 week, starts: 2026-03-02, people: [sam, suzy], hours: { mon-fri: "09:00-17:00" } }\n',
  )
  order.after(9 * hour).dutyChanges()
  expect(order.happened).toEqual([])
  expect(hasIt(order, 'shipping-address')).toEqual({ level: 0, who: 'sam' })
  expect(order.acts(olga, 'STOP', 'shipping-address').refusal).toBeUndefined()
})

describe('a case that nobody of its owner may decide is the next level’s at once', () => {
  test('when the only owner asked for it', () => {
    const order = asks('Fiona Walsh', { staff: staff('', { people: without('frank') }) })
    expect(order.happened.slice(0, 2)).toEqual(['OPENED', 'ESCALATED'])
    expect(order.last.events[1]?.reason).toBe(
      'Nobody else of finance may decide it: controller may decide too.',
    )
    expect(hasIt(order, 'billing-terms')).toEqual({ level: 1, who: 'carl' })
    expect(order.acts(carl, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
  })

  test('but another one of the role has it, when there is one', () => {
    expect(hasIt(asks('fiona'), 'billing-terms')).toEqual({ level: 0, who: 'frank' })
  })

  test('also one who is not on duty, before it goes to another level', () => {
    const rota =
      'rotas:\n  finance: { hand-over: "09:00", turn: 1 week, starts: 2026-03-02, people: [fiona, frank] }\n'
    expect(hasIt(asks('fiona', { staff: staff(rota) }), 'billing-terms')).toEqual({ level: 0, who: 'frank' })
  })

  const twice = (people: string, more = '') => {
    const policy = samplePolicy()
    const special = exceptionType('special', {
      name: 'Special',
      approvals: 2,
      holds: ['shipping'],
      actions: ['APPROVE', 'REJECT'],
    })
    const types = new Map(policy.types).set('special', special)
    const world = { policies: [{ ...policy, types }], staff: staff(more, { people }) }
    return given(world).revised({ findings: [finding('special')] })
  }

  test('when two have to approve and the role has one', () => {
    const order = twice(without('frank'))
    expect(order.last.events[1]?.reason).toBe(
      'It takes 2 more of finance, and only 1 is there who may decide it: controller may decide too.',
    )
    order.acts(fiona, 'APPROVE', 'special').acts(carl, 'APPROVE', 'special')
    expect(order.caseOf('special').outcome).toBe('APPROVED')
  })

  test('and after the first approval the case is with somebody who can give the second', () => {
    const order = twice(everybody).acts(fiona, 'APPROVE', 'special')
    expect(order.happened).toEqual(['APPROVAL_GIVEN', 'ASSIGNED'])
    expect(hasIt(order, 'special')).toEqual({ level: 0, who: 'frank' })
  })

  test('a stand-in gives no second approval for the person they stand in for', () => {
    const people = `${without('frank', 'suzy')}\n  - { subject: ines, name: Ines Reyes, roles: [sales] }`
    const away = 'absences:\n  - { person: fiona, from: 2026-03-03, to: 2026-03-05, substitute: ines }\n'
    const order = twice(people, away).acts(fiona, 'APPROVE', 'special').after(day).dutyChanges()
    const ines = person('ines', 'sales')
    order.acts(ines, 'APPROVE', 'special')
    expect(order.last.events.at(-1)).toMatchObject({
      type: 'REFUSED',
      refused: { code: 'FOUR_EYES', message: expect.stringContaining('You stand in for Fiona Walsh') },
    })
    expect(order.acts(carl, 'APPROVE', 'special').refusal).toBeUndefined()
    expect(order.caseOf('special').outcome).toBe('APPROVED')
  })

  test('nor does the person give one after their stand-in', () => {
    const people = `${without('frank', 'suzy')}\n  - { subject: ines, name: Ines Reyes, roles: [sales] }`
    const away = 'absences:\n  - { person: fiona, from: 2026-03-02, to: 2026-03-02, substitute: ines }\n'
    const order = twice(people, away).acts(person('ines', 'sales'), 'APPROVE', 'special')
    expect(order.last.events[0]).toMatchObject({ approval: { given: 1, needed: 2, inPlaceOf: ['fiona'] } })
    order.after(day).dutyChanges()
    expect(order.acts(fiona, 'APPROVE', 'special').refusal).toBe('FOUR_EYES')
  })
})

test('whoever cannot be handed a case is told with those who can', () => {
  const order = asks('Fiona')
  const whom = (to: string) => {
    order.acts(frank, 'REASSIGN', 'billing-terms', { to })
    const [event] = order.last.events
    return event?.type === 'REFUSED' ? event.refused.message : ''
  }
  const ofFinance = given({ staff: staff() }).revised({ findings: [finding('large-order')] })
  ofFinance.acts(fiona, 'REASSIGN', 'large-order', { to: 'carl' })
  expect(ofFinance.last.events).toMatchObject([
    {
      refused: {
        code: 'NO_SUCH_PERSON',
        message:
          'The roster has nobody of finance with the subject "carl". These can take it: frank (Frank Tan).',
      },
    },
  ])
  expect(whom('fiona')).toBe('Nobody else of finance can take it.')
})

describe('one’s own request', () => {
  test.each([
    'Fiona',
    'FIONA@GIFTS.EXAMPLE',
    'fiona  walsh',
    'Fiona\u00a0Walsh',
    'Walsh, Fiona',
    'mailto:fiona@gifts.example',
    'Fiona Walsh <fiona@gifts.example>',
  ])('is that of %j in any spelling', (by) => {
    const order = asks(by)
    expect(order.acts(fiona, 'APPROVE', 'billing-terms').refusal).toBe('OWN_REQUEST')
    expect(order.acts(fiona, 'CLAIM', 'billing-terms').refusal).toBe('OWN_REQUEST')
    expect(order.acts(frank, 'REASSIGN', 'billing-terms', { to: 'fiona' }).refusal).toBe('NO_SUCH_PERSON')
    expect(order.acts(frank, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
  })

  test('of somebody whom the roster does not know is said on the case', () => {
    const order = asks('jo@webshop.example')
    expect(order.events.find(({ type }) => type === 'NOTED')?.reason).toBe(
      '"jo@webshop.example" asks for it, whom the roster does not know: make sure that nobody decides on what they asked for themselves.',
    )
    expect(asks('sam okafor').events.some(({ type }) => type === 'NOTED')).toBe(false)
  })
})

describe('a deadline that has passed before its timer has fired', () => {
  const late = () => {
    const order = given({ staff: staff() }).revised({ findings: [finding('shipping-address')] })
    order.now = (order.caseOf('shipping-address').clock.deadline ?? 0) + minute
    return order
  }

  test('is not lost by a question', () => {
    const order = late().acts(sam, 'ASK', 'shipping-address', { to: 'customer' })
    expect(order.happened.slice(0, 2)).toEqual(['ESCALATED', 'ASKED'])
    expect(order.caseOf('shipping-address')).toMatchObject({ level: 1, status: 'WAITING' })
    expect(order.deadlinePasses('shipping-address').happened).toEqual([])
  })

  test('gives the next level its say', () => {
    expect(late().acts(olga, 'STOP', 'shipping-address').refusal).toBeUndefined()
  })

  test('is at its very instant', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    const due = order.caseOf('shipping-address').clock.deadline ?? 0
    expect(due).toBeGreaterThan(start)
    order.now = due - 1
    expect(order.acts(sam, 'NOTE', 'shipping-address').happened).toEqual(['NOTED'])
    order.now = due
    expect(order.acts(sam, 'NOTE', 'shipping-address').happened).toEqual(['ESCALATED', 'NOTED'])
  })
})

test('every wrong field of a correction is told at once', () => {
  const order = address()
  order.corrects(sam, 'shipping-address', [
    { path: 'billing.terms', expected: 'NET30', value: 'NET60' },
    { path: 'shipping.city', expected: 'Leeds', value: 'Hull' },
    { path: 'shipping.requestedDate', expected: '', value: 'soon' },
  ])
  const [event] = order.last.events
  expect(event?.type === 'REFUSED' && event.refused.message).toMatch(
    /billing\.terms.*shipping\.city.*requestedDate/s,
  )
})
