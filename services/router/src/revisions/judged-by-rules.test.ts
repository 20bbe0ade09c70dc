import { describe, expect, test } from 'vitest'
import { askedTerms, finding, fiona, given, minute, start, termsFinding } from '../testing/given.ts'

const free = { invoicing: 'PROCEED', shipping: 'PROCEED' }

test('an order that no rule matches proceeds at once for all stages, with one decision and nothing else', () => {
  const order = given().revised()
  expect(order.last.publish.map(({ topic }) => topic)).toEqual(['orders.decisions.v1'])
  expect(order.verdicts).toEqual(free)
})

test('a revision that is not newer than the last one changes nothing', () => {
  const order = given().revised().revised()
  const before = order.state
  order.revised({ revision: 1, findings: [finding('large-order')] })
  expect(order.state).toBe(before)
  expect(order.last.publish).toEqual([])
})

describe('a finding', () => {
  test('opens a case with an owner, a backup and a deadline that counts from its opening', () => {
    const order = given()
      .after(minute)
      .revised({ findings: [finding('large-order')] })
    expect(order.caseOf('large-order')).toMatchObject({
      caseId: expect.stringMatching(/^C-[0-9A-HJKMNP-TV-Z]{10}$/),
      owner: 'finance',
      backup: 'controller',
      level: 0,
      clock: { deadline: start + minute + 120 * minute, startedAt: start + minute, version: 1 },
      holds: ['invoicing', 'shipping'],
      policyVersion: 1,
    })
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
  })

  test('always gives the same case', () => {
    const ids = [1, 2].map(() =>
      given()
        .revised({ findings: [finding('large-order')] })
        .caseId('large-order'),
    )
    expect(ids[0]).toBe(ids[1])
  })

  test('of an open case with other values changes its evidence and opens no second case', () => {
    const order = given().revised({ findings: [finding('large-order', '6000')] })
    order.revised({ set: { 'lines.1.quantity': '7' }, findings: [finding('large-order', '7000')] })
    expect(order.happened).toEqual(['EVIDENCE_CHANGED'])
    expect(order.last.events).toMatchObject([
      { evidenceChanged: { evidence: [{ expression: 'large-order', value: '7000' }] } },
    ])
    order.revised({ findings: [finding('large-order', '7000')] })
    expect(order.happened).toEqual([])
  })

  test('with a problem opens a case for the order owner that says what could not be judged', () => {
    const problem = 'rule "large-order": no such field'
    const order = given().revised({ findings: [finding('cannot-classify', '', { problem })] })
    expect(order.last.events).toMatchObject([
      { type: 'OPENED', reason: problem, opened: { owner: 'order-manager' } },
    ])
  })

  test('of a type that its policy does not name goes to the order owner', () => {
    const order = given().revised({ findings: [finding('from-nowhere')] })
    expect(order.caseOf('from-nowhere')).toMatchObject({ owner: 'order-manager', status: 'OPEN' })
  })

  test('on two stages at once gives one case for each type', () => {
    const order = given().revised({ findings: [finding('shipping-address'), finding('large-order')] })
    expect(order.happened.filter((type) => type === 'OPENED')).toHaveLength(2)
    expect(order.state.verdicts.find(({ stage }) => stage === 'shipping')?.caseIds).toHaveLength(2)
  })
})

describe('a rule that no longer matches', () => {
  test('closes its standing case as corrected when a correction made the revision', () => {
    const order = given().revised({ findings: [finding('large-order')] })
    order.revised({ set: { 'lines.1.quantity': '1' }, correctedBy: 'sam' })
    expect(order.caseOf('large-order')).toMatchObject({ outcome: 'CORRECTED', closedBy: 'system:router' })
    expect(order.verdicts).toEqual(free)
  })

  test('closes its standing case as obsolete when upstream made the revision', () => {
    const order = given().revised({ findings: [finding('large-order')] })
    order.revised({ set: { 'lines.1.quantity': '1' } })
    expect(order.caseOf('large-order')).toMatchObject({ outcome: 'OBSOLETE' })
  })

  test('leaves every case open while another rule cannot be judged', () => {
    const order = given().revised({ findings: [finding('large-order')] })
    order.revised({ findings: [finding('cannot-classify', '', { problem: 'no such key' })] })
    expect(order.caseOf('large-order').status).toBe('OPEN')
  })

  test('leaves a momentary case to a person', () => {
    const order = given()
      .revised()
      .revised({ set: { 'shipping.city': 'Leeds' }, findings: [finding('late-change')] })
    expect(order.revised().happened).toEqual([])
    expect(order.verdicts.shipping).toBe('HOLD')
  })

  test('leaves the case of a request open until the request is settled', () => {
    const order = given().revised({ requests: [askedTerms()], findings: [termsFinding()] })
    expect(order.revised().happened).toEqual([])
    expect(order.revised({ requests: [] }).caseOf('billing-terms').outcome).toBe('OBSOLETE')
  })
})

test('the same momentary change a second time is asked about a second time', () => {
  const changed = (city: string) => ({ set: { 'shipping.city': city }, findings: [finding('late-change')] })
  const order = given().revised().revised(changed('Leeds')).acts(fiona, 'APPROVE', 'late-change')
  expect(order.revised({ set: { 'customer.phone': '1' } }).verdicts).toEqual(free)
  expect(order.revised(changed('Hull')).happened).toEqual(['OPENED'])
})

test('two requests of one type are two cases', () => {
  const requests = [askedTerms('r-1'), askedTerms('r-2', 'NET90')]
  const order = given().revised({ requests, findings: [termsFinding('r-1'), termsFinding('r-2')] })
  expect(new Set(order.state.cases.map(({ caseId }) => caseId)).size).toBe(2)
})
