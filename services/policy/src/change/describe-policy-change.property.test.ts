import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { builtInTypesOf } from '../built-in-types.ts'
import type { CalendarDefinition } from '../calendar/index.ts'
import type { ExceptionType, MessageText, Policy, Role } from '../policy.ts'
import { samplePolicy } from '../testing/sample-revision.ts'
import { describePolicyChange } from './describe-policy-change.ts'

const sample = samplePolicy('lines.total > 5000', 'cancelled', 'request.kind == "rush"')

const name = fc.constantFrom('finance', 'controller', 'order-manager', 'sales', 'support')
const names = fc.uniqueArray(name, { maxLength: 3 })
const stages = fc.uniqueArray(fc.constantFrom('invoicing', 'shipping', 'packing'), { minLength: 1 })
const words = fc.constantFrom('Odd order.', 'Large order.', 'A line is missing.', 'Lines are missing')
const plain = { noNullPrototype: true } as const
const within = fc.oneof(
  fc.record(
    {
      kind: fc.constant('elapsed' as const),
      count: fc.integer({ min: 1, max: 3 }),
      unit: fc.constantFrom('hour' as const, 'day' as const),
    },
    plain,
  ),
  fc.record({ kind: fc.constant('working-days' as const), count: fc.integer({ min: 1, max: 3 }) }, plain),
)

/** Other values for every field of an exception type; `basis` and `backup` follow from `when` and `ladder`. */
const fieldsOfType: {
  [Field in keyof Omit<ExceptionType, 'type' | 'basis' | 'backup'>]: fc.Arbitrary<ExceptionType[Field]>
} = {
  name: words,
  kind: fc.constantFrom('APPROVAL', 'CORRECTION', 'EXCEPTION'),
  rule: words,
  when: fc.constantFrom('lines.total > 5000', '5000 < lines.total', 'lines.total > 5000.0', 'cancelled'),
  owner: name,
  ladder: fc.array(fc.record({ to: name, after: fc.oneof(within, fc.constant(null)) }, plain), {
    minLength: 1,
    maxLength: 3,
  }),
  reviewers: names,
  requestedBy: names,
  answerWithin: within,
  remindAtPercent: fc.constantFrom(null, 50, 75),
  holds: stages,
  stops: stages,
  actions: fc.uniqueArray(fc.constantFrom('APPROVE' as const, 'REJECT' as const, 'STOP' as const), {
    minLength: 1,
  }),
  mayCorrect: fc.record(
    {
      fields: fc.uniqueArray(fc.constantFrom('shipping.*', 'currency'), { minLength: 1 }),
      until: fc.constantFrom('invoicing', 'shipping'),
    },
    plain,
  ),
  fourEyes: fc.boolean(),
  approvals: fc.constantFrom(1, 2, 3),
  clearance: fc.boolean(),
  customer: fc.constantFrom('checked', 'thanks'),
}

const hours = fc.constantFrom('09:00-17:30', '09:00-17:00', '22:00-06:00')
const calendar: fc.Arbitrary<CalendarDefinition> = fc.record(
  {
    zone: fc.constantFrom('Europe/London', 'Europe/Berlin'),
    open: fc.oneof(
      fc.constant('always' as const),
      fc.record(
        { mon: hours, 'tue-thu': hours, sun: fc.constantFrom('08:00-09:00') },
        { requiredKeys: [], ...plain },
      ),
    ),
    holidays: fc.constantFrom('GB-ENG', 'DE-BY'),
    closed: fc.uniqueArray(fc.constantFrom('12-24', '2026-12-24', '2027-01-02')),
    'extra-open': fc.dictionary(fc.constantFrom('12-19', '2026-12-19'), hours, plain),
  },
  { requiredKeys: ['zone', 'open'], ...plain },
)
const role: fc.Arbitrary<Role> = fc.record({ calendar: fc.constantFrom('', 'office'), backup: name }, plain)
const text: fc.Arbitrary<MessageText> = fc.record(
  {
    ...{ subject: words, about: words, asks: words },
    ...{ approved: words, rejected: words, corrected: words, stopped: words, settled: words },
  },
  plain,
)

type Edit = (policy: Policy) => Policy

const type = fc.constantFrom('odd', 'odd-2', 'odd-3')

const typeEdit: fc.Arbitrary<Edit> = fc
  .constantFrom(...(Object.keys(fieldsOfType) as (keyof typeof fieldsOfType)[]))
  .chain((field) =>
    fc.tuple(
      type,
      (fieldsOfType[field] as fc.Arbitrary<unknown>).map((value) => ({ [field]: value })),
    ),
  )
  .map(([of, own]) => (policy) => {
    const one = policy.types.get(of)
    return one ? { ...policy, types: new Map(policy.types).set(of, { ...one, ...own }) } : policy
  })

/** Everything that one version can have otherwise than another. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: typeEdit },
  words.map(
    (title) =>
      (policy: Policy): Policy => ({ ...policy, title }),
  ),
  name.map(
    (orderOwner) =>
      (policy: Policy): Policy => ({ ...policy, orderOwner }),
  ),
  fc.option(within, { nil: null }).map(
    (customerSilence) =>
      (policy: Policy): Policy => ({ ...policy, customerSilence }),
  ),
  fc.option(fc.record({ name: words, email: words, phone: words }, plain), { nil: null }).map(
    (company) =>
      (policy: Policy): Policy => ({ ...policy, company }),
  ),
  fc.subarray(['escalated', 'reminded', 'asked'] as const).map(
    (alwaysTold) =>
      (policy: Policy): Policy => ({ ...policy, alwaysTold }),
  ),
  fc.tuple(fc.constantFrom('refund', 'rush'), fc.constantFrom('ACCEPT' as const, 'REFUSE' as const)).map(
    ([kind, answer]) =>
      (policy: Policy): Policy => ({ ...policy, requests: new Map(policy.requests).set(kind, answer) }),
  ),
  stages.map(
    (all) =>
      (policy: Policy): Policy => ({ ...policy, stages: all }),
  ),
  fc.tuple(fc.constantFrom('office', 'night'), calendar).map(
    ([of, one]) =>
      (policy: Policy): Policy => ({
        ...policy,
        calendars: { ...policy.calendars, [of]: one },
      }),
  ),
  fc.tuple(name, role).map(
    ([of, one]) =>
      (policy: Policy): Policy => ({
        ...policy,
        roles: new Map(policy.roles).set(of, one),
      }),
  ),
  fc.tuple(fc.constantFrom('checked', 'thanks'), fc.constantFrom('en', 'de'), text).map(
    ([of, language, one]) =>
      (policy: Policy): Policy => ({
        ...policy,
        messages: new Map(policy.messages).set(of, new Map(policy.messages.get(of)).set(language, one)),
      }),
  ),
  type.map(
    (gone) =>
      (policy: Policy): Policy => ({
        ...policy,
        types: new Map([...policy.types].filter(([of]) => of !== gone)),
      }),
  ),
)

test('whatever is changed is said, and nothing else is', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
      const changed = edits.reduce((policy, change) => change(policy), sample)
      const said = describePolicyChange(sample, changed)
      expect(said.length > 0, said.join('\n')).toBe(!sameMeaning(sample, changed))
      for (const line of said) expect(line).toMatch(/^\S.*\.$/)
      expect(new Set(said).size).toBe(said.length)
    }),
    { numRuns: 1_000 },
  )
})

test('one change of one field is one line', () => {
  fc.assert(
    fc.property(typeEdit, (change) => {
      const changed = change(sample)
      expect(describePolicyChange(sample, changed)).toHaveLength(isDeepStrictEqual(sample, changed) ? 0 : 1)
    }),
  )
})

test('the built-in types are not spoken of', () => {
  const other = { ...sample, orderOwner: 'controller', stages: ['packing'] }
  const said = describePolicyChange(sample, {
    ...other,
    types: new Map([...other.types, ...builtInTypesOf(other).map((one) => [one.type, one] as const)]),
  })
  expect(said).toEqual(describePolicyChange(sample, other))
})

/** Hours, and dates on which a calendar is closed, can be written in several ways. */
function sameMeaning(one: Policy, other: Policy): boolean {
  return isDeepStrictEqual({ ...one, calendars: meaningOf(one) }, { ...other, calendars: meaningOf(other) })
}

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function meaningOf({ calendars }: Policy) {
  return Object.entries(calendars).map(
    ([of, { open, closed = [], 'extra-open': extra = {}, ...others }]) => ({
      ...others,
      of,
      week: dayNames.map((day) => (open === 'always' ? '00:00-24:00' : hoursOn(day, open))),
      closed: [...closed].sort(),
      extra: Object.entries(extra).sort(),
    }),
  )
}

/** For the few ways in which the calendars above write days. */
function hoursOn(day: string, open: Readonly<Record<string, unknown>>): unknown {
  const named: Record<string, string> = { tue: 'tue-thu', wed: 'tue-thu', thu: 'tue-thu' }
  return open[named[day] ?? day] ?? (dayNames.indexOf(day) < 5 ? open['mon-fri'] : undefined)
}
