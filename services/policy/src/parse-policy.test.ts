import { describe, expect, test } from 'vitest'
import { parseRoster } from './duty/index.ts'
import { checkPolicy, parsePolicy } from './parse-policy.ts'
import { errorsOf, placeOf } from './testing/planted.ts'
import { conditionAt, policyText, samplePolicy } from './testing/sample-revision.ts'
import { rosterText } from './testing/sample-roster.ts'

const base = policyText('lines.total > 5000')

function policyOf(text: string) {
  const read = parsePolicy(text)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return read.policy
}

describe('a sound policy', () => {
  test('is read with its defaults', () => {
    const policy = samplePolicy('lines.total > 5000')
    expect(policy).toMatchObject({
      title: 'Order exceptions',
      orderOwner: 'order-manager',
      stages: ['invoicing', 'shipping'],
    })
    expect(policy.types.get('odd')).toEqual({
      type: 'odd',
      name: 'Odd order',
      kind: 'APPROVAL',
      rule: 'The order is odd.',
      when: 'lines.total > 5000',
      basis: 'STANDING',
      owner: 'finance',
      backup: 'controller',
      ladder: [
        { to: 'controller', after: null },
        { to: 'order-manager', after: { kind: 'elapsed', count: 1, unit: 'hour' } },
      ],
      reviewers: ['sales'],
      requestedBy: [],
      answerWithin: { kind: 'elapsed', count: 2, unit: 'hour' },
      remindAtPercent: null,
      holds: ['invoicing'],
      stops: [],
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
      mayCorrect: { fields: [], until: '' },
      fourEyes: false,
      approvals: 1,
      clearance: false,
      customer: 'checked',
    })
    expect(policy.messages.get('checked')?.get('en')).toEqual({
      subject: 'Your order {{ order.id }}',
      about: 'we look at your order {{ order.id }}.',
      ...{ asks: '', approved: '', rejected: '', corrected: '', stopped: '', settled: '' },
    })
  })

  test('has built-in types, all of them the order owner’s', () => {
    const { types } = samplePolicy('cancelled')
    const builtIn = [
      ...['cannot-classify', 'clearance', 'too-late', 'correction-overridden', 'unnamed-request'],
      ...['answered-request', 'stopped', 'other'],
    ]
    for (const type of builtIn)
      expect(types.get(type)).toMatchObject({
        owner: 'order-manager',
        backup: 'controller',
        basis: expect.any(String),
      })
    expect(types.get('cannot-classify')?.holds).toEqual(['invoicing', 'shipping'])
  })

  test('gives the order owner four hours for them, of working time where there is any', () => {
    const within = (text: string) => policyOf(text).types.get('clearance')?.answerWithin
    expect(within(base)).toEqual({ kind: 'elapsed', count: 4, unit: 'hour' })
    const working = base.replace('order-manager: {', 'order-manager: { calendar: office,')
    expect(within(working)).toEqual({ kind: 'open', count: 4, unit: 'hour' })
  })

  test('says who writes to customers', () => {
    expect(policyOf(base).company).toEqual({ name: 'Odd Gifts', email: '', phone: '' })
    expect(policyOf(base.replace(/^company:.*$/m, '')).company).toBeNull()
  })

  test('of before, with whole letters, is read: the letter says by itself what they said', () => {
    const before = base.replace('about: "we look', 'body: "Dear {{ case.name }} by {{ due }}: we look')
    const read = parsePolicy(before)
    if ('errors' in read) throw new Error(JSON.stringify(read.errors))
    expect(read.policy.messages.get('checked')?.get('en')?.about).toBe('')
    expect(checkPolicy(before)).toHaveProperty('errors')
  })

  test('says how long a customer may hear nothing, and how many have to approve', () => {
    const more = base
      .replace('stages:', 'customer-silence: 1 day\nstages:')
      .replace('    customer', '    approvals: 2\n    customer')
    expect(policyOf(more)).toMatchObject({ customerSilence: { kind: 'elapsed', count: 1, unit: 'day' } })
    expect(policyOf(more).types.get('odd')?.approvals).toBe(2)
    expect(policyOf(base)).toMatchObject({ customerSilence: null })
  })

  test('says what is answered to requests that no rule names', () => {
    const more = base.replace('stages:', 'requests: { refund: accept, gift wrap: refuse }\nstages:')
    expect([...policyOf(more).requests]).toEqual([
      ['refund', 'ACCEPT'],
      ['gift wrap', 'REFUSE'],
    ])
    expect(policyOf(base).requests.size).toBe(0)
    const unknown = base.replace('stages:', 'requests: { refund: acept }\nstages:')
    expect(errorsOf(unknown)).toMatchObject([{ line: 3, hint: 'did you mean "accept"?' }])
  })

  test('is the same each time', () => {
    expect(parsePolicy(base)).toEqual(parsePolicy(base))
  })
})

describe('an error in a condition is told where it stands', () => {
  const typo = 'lines.count > 1 && order.chanel == "web"'
  const at = typo.indexOf('chanel')

  test('in single quotes, with quotes inside', () => {
    expect(errorsOf(policyText(`order.channel == 'it''s' && ${typo}`.replaceAll("''", "\\'")))).toMatchObject(
      [{ line: conditionAt.line, message: 'order has nothing named chanel' }],
    )
    expect(errorsOf(policyText(typo))).toMatchObject([
      { line: conditionAt.line, column: conditionAt.column + at, hint: 'did you mean "channel"?' },
    ])
  })

  test.each([
    ['plain', (condition: string) => `when: ${condition}`],
    ['in double quotes', (condition: string) => `when: "${condition.replaceAll('"', '\\"')}"`],
    ['folded', (condition: string) => `when: >-\n      ${condition.replace(' && ', ' &&\n      ')}`],
    ['literal', (condition: string) => `when: |\n      ${condition.replace(' && ', '\n      && ')}`],
    ['plain over two lines', (condition: string) => `when: ${condition.replace(' && ', ' &&\n      ')}`],
  ])('%s', (_, written) => {
    const text = base.replace("when: 'lines.total > 5000'", () => written(typo))
    expect(errorsOf(text)).toMatchObject([
      { ...placeOf('chanel', text), message: 'order has nothing named chanel' },
    ])
  })
})

describe('what is wrong with one thing', () => {
  test.each([
    ['a calendar', 'zone: Europe/London', 'zone: 7'],
    ['a message', 'subject: "Your order {{ order.id }}"', 'subject: 7'],
    ['a field', 'answer-within: 2 hours', 'answer-within: 7'],
  ])('%s, is told once, and not wherever it is named', (_, piece, replacement) => {
    const text = policyText('workingDays("office", order.placedAt, event.occurredAt) > 2')
    expect(text).toContain(piece)
    expect(errorsOf(text.replace(piece, () => replacement))).toHaveLength(1)
  })

  test('groups that are no groups are told once', () => {
    const text = base
      .replace(/calendars:\n.*\n/, 'calendars: none\n')
      .replace(/messages:\n.*\n.*\n/, 'messages: none\n')
    expect(errorsOf(text).map(({ message }) => message)).toEqual([
      '"calendars" has to be a group of names, not "none"',
      '"messages" has to be a group of names, not "none"',
    ])
  })
})

describe('errors together', () => {
  test('all are told at once, in the order of the file', () => {
    const text = policyText('lines.totl > 5', 'cancelled && order.idd == ""')
      .replace('title: Order exceptions', 'titel: Order exceptions')
      .replace('2 hours', '2 hrs')
      .replace('customer: checked', 'custmer: checked')
      .replace('owner: finance', 'owner: finanse')
    const errors = errorsOf(text)
    expect(errors.map(({ message }) => message)).toEqual([
      'the policy has no "title"',
      'the policy has no field "titel"',
      'the exception "odd" has no "customer"',
      'lines has nothing named totl',
      'there is no role "finanse"',
      '"2 hrs" is not a time',
      'the exception "odd" has no field "custmer"',
      'order has nothing named idd',
    ])
    expect(errors.map(({ line }) => line)).toEqual([1, 1, 12, 16, 17, 19, 21, 26])
  })

  test('a name that is there twice hides no other error', () => {
    const text = base.replace('holds: [invoicing]', 'holds: [invoicing]\n    holds: [shiping]')
    expect(errorsOf(text).map(({ line }) => line)).toContain(21)
    expect(errorsOf(text.replace('total', 'totl')).map(({ line }) => line)).toEqual(
      expect.arrayContaining([16, 21]),
    )
  })
})

describe('files that are no policy', () => {
  test.each([
    ['nothing', '', 'the policy has to be a group of fields, not empty'],
    ['a list', '[1, 2]', 'the policy has to be a group of fields, not a list'],
    ['text', 'hello', 'the policy has to be a group of fields, not "hello"'],
    ['two documents', `${base}\n---\n${base}`, 'there is a second document'],
    ['five megabytes', base + ' '.repeat(5_000_000), expect.stringMatching(/^the policy has \d{7} bytes$/)],
    ['a deep nest', '['.repeat(50_000), 'the file is nested too deeply'],
    [
      'a deep nest of names',
      `${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`,
      'the file is nested too deeply',
    ],
    ['a deep nest of lists', '- '.repeat(40_000), 'the file is nested too deeply'],
  ])('%s', (_, text, message) => {
    expect(errorsOf(text)[0]).toMatchObject({ line: expect.any(Number), message })
  })

  test('references that would grow without end are refused unread', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ].join('\n')
    expect(errorsOf(bomb)).toMatchObject([
      { line: 1, column: 5, message: 'anchors (&) and references (*) are not allowed: there are 91' },
    ])
    expect(leastMs(() => errorsOf(bomb))).toBeLessThan(100)
  })

  test('a file of five megabytes is refused unread', () => {
    const large = base + ' '.repeat(5_000_000)
    expect(errorsOf(large)).toHaveLength(1)
    expect(leastMs(() => errorsOf(large))).toBeLessThan(100)
  })

  test('a file nested without end is refused where it is too deep', () => {
    const nest = base.replace('[invoicing]', () => '['.repeat(50_000))
    expect(errorsOf(nest)).toMatchObject([{ line: 20, message: 'the file is nested too deeply' }])
    expect(leastMs(() => errorsOf(nest))).toBeLessThan(100)
  })

  /** Of several tries: other programs share the machine. */
  function leastMs(work: () => void): number {
    const times = Array.from({ length: 5 }, () => {
      const before = performance.now()
      work()
      return performance.now() - before
    })
    return Math.min(...times)
  }
})

test('U+FFFD in a text is warned of: a program that could not read a character has put it there', () => {
  const spoilt = base.replace('Order exceptions', 'Pr\uFFFDfung')
  const message = 'there is U+FFFD, which stands where a character could not be read'
  expect(checkPolicy(spoilt).warnings).toContainEqual(
    expect.objectContaining({ ...placeOf('\uFFFD', spoilt), message }),
  )
  const roster = rosterText.replace('Sam Okafor', 'Jos\uFFFD')
  expect(parseRoster(roster)).toMatchObject({ warnings: [{ ...placeOf('\uFFFD', roster), message }] })
})
