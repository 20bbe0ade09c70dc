import { describe, expect, test } from 'vitest'
import { parsePolicy } from './parse-policy.ts'
import { conditionAt, policyText, samplePolicy } from './sample-revision.ts'

const base = policyText('lines.total > 5000')

function errorsOf(text: string) {
  const parsed = parsePolicy(text)
  return 'errors' in parsed ? parsed.errors : []
}

/** Line and column at which a piece of text stands. */
function placeOf(piece: string, text: string) {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
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
      reviewers: ['sales'],
      answerWithinMs: 7_200_000,
      holds: ['invoicing'],
      actions: ['APPROVE', 'REJECT', 'STOP'],
      mayCorrect: { fields: [], until: '' },
      customer: 'checked',
    })
    expect(policy.messages.get('checked')?.get('en')).toEqual({
      subject: 'Your order {{ order.id }}',
      body: 'We look at it by {{ due }}.',
    })
  })

  test('has a built-in type that holds every stage for the order owner', () => {
    const builtIn = samplePolicy('cancelled').types.get('cannot-classify')
    expect(builtIn).toMatchObject({
      owner: 'order-manager',
      backup: 'controller',
      holds: ['invoicing', 'shipping'],
    })
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
    expect(errors.map(({ line }) => line)).toEqual([1, 1, 10, 14, 15, 17, 19, 24])
  })

  test('a name that is there twice hides no other error', () => {
    const text = base.replace('holds: [invoicing]', 'holds: [invoicing]\n    holds: [shiping]')
    expect(errorsOf(text).map(({ line }) => line)).toContain(19)
    expect(errorsOf(text.replace('total', 'totl')).map(({ line }) => line)).toEqual(
      expect.arrayContaining([14, 19]),
    )
  })
})

describe('files that are no policy', () => {
  test.each([
    ['nothing', '', 'the policy has to be a group of fields, not empty'],
    ['a list', '[1, 2]', 'the policy has to be a group of fields, not a list'],
    ['text', 'hello', 'the policy has to be a group of fields, not "hello"'],
    ['two documents', `${base}\n---\n${base}`, expect.stringContaining('multiple documents')],
    ['five megabytes', base + ' '.repeat(5_000_000), expect.stringMatching(/^the policy has \d{7} bytes$/)],
    ['a deep nest', '['.repeat(50_000), expect.stringContaining('call stack')],
    ['a deep nest of names', `${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}`, expect.anything()],
  ])('%s', (_, text, message) => {
    expect(errorsOf(text)[0]).toMatchObject({ line: expect.any(Number), message })
  })

  test('references that would grow without end are refused unread', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ].join('\n')
    const before = performance.now()
    expect(errorsOf(bomb).length).toBeGreaterThan(30)
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})
