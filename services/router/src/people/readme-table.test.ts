/** The tables of README.md are what the router does, every cell of them. */
import { readFileSync } from 'node:fs'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import type { Action, Actor, Command } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import type { DomainEvent } from '../record/event.ts'
import {
  askedTerms,
  given,
  type History,
  minute,
  person,
  termsFinding,
  type World,
} from '../testing/given.ts'
import { exceptionType, samplePolicy } from '../testing/sample-policy.ts'

const type = exceptionType('billing-terms', {
  name: 'Billing terms outside the contract',
  basis: 'REQUEST',
  reviewers: ['sales'],
  holds: ['invoicing'],
  actions: ['APPROVE', 'REJECT', 'CORRECT', 'ASK', 'STOP'],
  mayCorrect: { fields: ['billing.*'], until: 'invoicing' },
})

const people = {
  owner: person('fiona', 'finance'),
  backup: person('carl', 'controller'),
  'backup after the deadline': person('carl', 'controller'),
  reviewer: person('sally', 'sales'),
  'owner who asked for it': person('frank', 'finance'),
  'who is asked': person('wanda', 'warehouse-lead'),
  'order owner': person('olga', 'order-manager'),
  'anybody else': person('sam', 'support'),
}
type Who = keyof typeof people

const states = ['open', 'waiting', 'closed'] as const
type State = (typeof states)[number]

const actions: Record<string, { action: Action; own?: Partial<Command> }> = {
  approve: { action: 'APPROVE' },
  reject: { action: 'REJECT' },
  correct: {
    action: 'CORRECT',
    own: { corrections: [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }] },
  },
  stop: { action: 'STOP' },
  'stop the whole order': { action: 'STOP', own: { wholeOrder: true } },
  ask: { action: 'ASK', own: { to: 'warehouse-lead' } },
  answer: { action: 'ANSWER' },
  note: { action: 'NOTE' },
  claim: { action: 'CLAIM' },
  reassign: { action: 'REASSIGN', own: { to: 'felix' } },
  replan: { action: 'REPLAN' },
  reopen: { action: 'REOPEN' },
  clear: { action: 'CLEAR' },
  raise: { action: 'RAISE', own: { caseId: '', type: 'other' } },
}

function world(): Partial<World> {
  const subjects = [...new Map(Object.values(people).map((one) => [one.subject, one])).values()]
  const lines = [...subjects, person('flora', 'finance'), person('felix', 'finance')].map(
    ({ subject, name, roles }) =>
      `  - { subject: ${subject}, name: ${name}, email: ${subject}@example.com, roles: [${roles}] }`,
  )
  const read = parseRoster(`zone: UTC\npeople:\n${lines.join('\n')}\n`)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const { types, roles, ...others } = samplePolicy()
  const policy = {
    ...others,
    roles: new Map([...roles, ['warehouse-lead', { calendar: '', backup: '' }]]),
    types: new Map([...types, ['billing-terms', type]]),
  }
  return { policies: [policy], staff: { version: 1, roster: compileRoster(read.roster) } }
}

/** The case of a request, assigned to somebody whom no column names, in that state, and two versions of the policy. */
function caseIn(state: State, who: Who): History {
  const by = who === 'owner who asked for it' ? people[who].subject : 'somebody upstream'
  const open = askedTerms()
  const requests = [{ ...open, request: { ...open.request, by } }]
  const { policies = [], staff } = world()
  const order = given({ policies, staff }).revised({ requests, findings: [termsFinding()] })
  order.with({ policies: [...policies, ...policies] })
  const owner = person('flora', 'finance')
  order.acts(owner, 'CLAIM', 'billing-terms')
  if (who === 'backup after the deadline') order.waits(121 * minute)
  if (state === 'waiting') order.acts(owner, 'ASK', 'billing-terms', { to: 'warehouse-lead' })
  if (state === 'closed') {
    order.acts(owner, 'REJECT', 'billing-terms')
    order.revised({ requests: [] })
  }
  return order
}

function does(state: State, action: string, who: Who): string {
  const { action: what, own } = actions[action] as { action: Action; own?: Partial<Command> }
  const order = caseIn(state, who).acts(people[who] as Actor, what, 'billing-terms', own)
  return order.last.events.filter(isAnswer).map(told).join(', ')
}

/** That a stopped order is a case of its own, and that the customer is told, stands below the tables. */
const isAnswer = (event: DomainEvent): boolean =>
  event.type === 'OPENED' ? event.opened.type !== 'stopped' : event.type !== 'NOTICE_REQUESTED'

function told(event: DomainEvent): string {
  if (event.type === 'REFUSED') return `\`${event.refused.code}\``
  if (event.type === 'CLOSED') return event.closed.outcome.toLowerCase()
  return event.type.toLowerCase().replace('_', ' ')
}

/** The table under the heading of a state: by action, the cell of each column. */
function tableIn(readme: string, state: State): Map<string, string[]> {
  const section = readme.split(`### A case that is ${state}\n`)[1]?.split('\n#')[0] ?? ''
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('**', '')),
    )
  return new Map(
    rows.filter(([first = '']) => !/^-+$/.test(first)).map(([first = '', ...cells]) => [first, cells]),
  )
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe.each(states)('a case that is %s', (state) => {
  const table = tableIn(readme, state)

  test('has a row for every action and a column for everybody', () => {
    expect([...table.keys()]).toEqual(['', ...Object.keys(actions)])
    expect(table.get('')).toEqual(Object.keys(people))
  })

  test.each(Object.keys(actions))('%s', (action) => {
    const cells = Object.keys(people).map((who) => does(state, action, who as Who))
    expect(table.get(action)).toEqual(cells)
  })
})
