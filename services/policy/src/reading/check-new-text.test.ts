import { describe, expect, test } from 'vitest'
import { checkPolicy, parsePolicy } from '../parse-policy.ts'
import { placeOf } from '../testing/planted.ts'
import { policyText } from '../testing/sample-revision.ts'

const sample = policyText('lines.total > 5000')

function changed(piece: string, replacement: string, text = sample): string {
  if (!text.includes(piece)) throw new Error(`The policy does not hold ${piece}`)
  return text.replace(piece, () => replacement)
}

const errorsOf = (text: string) => {
  const read = checkPolicy(text)
  return 'errors' in read ? read.errors : []
}

describe('the languages of a message', () => {
  const withLanguages = (...tags: string[]) =>
    changed(
      '    en: {',
      [...tags.map((tag) => `    ${tag}: { subject: a, about: b }`), '    en: {'].join('\n'),
    )

  test('may have any case, and are written as everybody writes them', () => {
    const read = checkPolicy(withLanguages('pt-br', 'ZH-hant'))
    if ('errors' in read) throw new Error(JSON.stringify(read.errors))
    expect([...(read.policy.messages.get('checked')?.keys() ?? [])]).toEqual(['pt-BR', 'zh-Hant', 'en'])
  })

  test('have English also in large letters', () => {
    expect(errorsOf(changed('    en: {', '    EN: {'))).toEqual([])
  })

  test('are not there twice, in large and small letters', () => {
    const text = withLanguages('en-GB', 'en-gb')
    expect(errorsOf(text)).toEqual([
      {
        ...placeOf('en-gb', text),
        message: '"en-gb" is the same language as "en-GB"',
        hint: 'keep one of them: large and small letters make no difference',
      },
    ])
  })

  test('are language tags', () => {
    const text = withLanguages('en-GB-GB')
    expect(errorsOf(text)).toMatchObject([
      { ...placeOf('en-GB-GB', text), message: '"en-GB-GB" is no language tag' },
    ])
  })
})

describe('the template of a message', () => {
  const withBody = (body: string) => changed('"we look at your order {{ order.id }}."', `'${body}'`)
  const hint =
    'the tags of messages are if, unless, case, comment, raw, the filters capitalize, default, downcase, upcase, url_encode'

  test.each([
    ['{% for a in order.terms %}{% endfor %}', '{% for', 'the template cannot be read: tag "for" not found'],
    [
      '{{ order.terms | url_decode }}',
      '{{ order.terms',
      'the template cannot be read: undefined filter: url_decode',
    ],
    ['{{ [order.terms] }}', '{{ [order.terms', 'messages have no brackets and no ranges of numbers'],
  ])('has nothing that some values have no text for: %s', (body, at, message) => {
    const text = withBody(`On {{ order.placed }}: ${body}`)
    expect(errorsOf(text)).toEqual([{ ...placeOf(at, text), message, hint }])
    expect(parsePolicy(text)).toHaveProperty('policy')
  })

  test('may ask, and may write a value in another way', () => {
    expect(
      errorsOf(withBody('{% if order.terms == "" %}soon{% else %}{{ order.terms | upcase }}{% endif %}')),
    ).toEqual([])
  })
})

describe('four-eyes', () => {
  const fourEyed = (when: string, more = '') =>
    changed('    customer:', `    four-eyes: true\n${more}    customer:`, policyText(when))

  test('is refused where nobody corrects and nobody asks: it would have no effect', () => {
    const text = fourEyed('lines.total > 5000')
    expect(errorsOf(text)).toEqual([
      {
        ...placeOf('four-eyes', text),
        message: 'four-eyes has no effect here: nobody can correct, and the rule is not about a request',
        hint: 'add correct to actions, write approvals: 2 where two people have to approve, or leave four-eyes out',
      },
    ])
  })

  test('is taken where somebody asks, or corrects', () => {
    expect(errorsOf(fourEyed('request.kind == "refund"'))).toEqual([])
    const corrects =
      '    actions: [correct, stop]\n    may-correct: { fields: [shipping.*], until: shipping }\n'
    expect(errorsOf(fourEyed('lines.total > 5000', corrects))).toEqual([])
  })
})

test('what only a new text may not say leaves a published version readable', () => {
  const published = changed('    customer:', '    four-eyes: true\n    customer:')
  expect(parsePolicy(published)).toHaveProperty('policy')
  expect(
    parsePolicy(changed('    en: {', '    en-GB-GB: { subject: a, about: b }\n    en: {')),
  ).toHaveProperty('policy')
})

describe('hours that end at 23:59', () => {
  const warningsOf = (open: string, more = '') => {
    const text = `${sample}calendars:\n  office: { zone: Europe/London, open: ${open}${more} }\n`
    return checkPolicy(text).warnings.map(({ message, hint }) => [message, hint])
  }
  const missing = (from: string) => [
    `the hours ${from}-23:59 leave out the last minute of the day`,
    `write ${from}-24:00, which ends at midnight`,
  ]

  test.each([
    ['{ mon-sun: "00:00-23:59" }', '', [missing('00:00')]],
    ['{ mon-fri: ["00:00-06:00", "22:00-23:59"] }', '', [missing('22:00')]],
    ['always', ', extra-open: { 2026-12-19: "10:00-23:59" }', [missing('10:00')]],
    ['{ mon-sun: "00:00-24:00", }', '', []],
    ['{ mon-sun: "09:00-17:59" }', '', []],
  ])('%s%s are warned of', (open, more, warnings) => {
    expect(warningsOf(open, more)).toEqual(warnings)
  })
})
