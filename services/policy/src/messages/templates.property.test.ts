/** What the checker lets through can be filled, whatever the values are. */
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInMessages } from './built-in-messages.ts'
import { liquid, messageFilters, messageTags } from './engine.ts'
import { type MessageData, messageNames } from './message-data.ts'
import { renderTemplate } from './render-template.ts'
import { newTemplateProblems, templateProblems } from './template-problems.ts'

/** Each name often, and now and then what is none. */
const value: Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...messageNames) },
  { weight: 3, arbitrary: fc.constantFrom('""', "'a'", '"%"', '3', '-1.5', 'nil', 'true', 'empty', 'blank') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        'order',
        'order.idd',
        'due.size',
        'order["id"]',
        '[order.id]',
        'order[due]',
        '(1..3)',
        '(1..due)',
        'x',
      ],
    ),
  },
)

const often = (few: readonly string[], all: Record<string, unknown>) =>
  fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...few) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(all)) },
  )

const filter = fc
  .tuple(often(messageFilters, liquid.filters), fc.array(value, { maxLength: 2 }))
  .map(([name, given]) => ` | ${name}${given.length > 0 ? `: ${given.join(', ')}` : ''}`)

const filtered = fc.tuple(value, fc.array(filter, { maxLength: 2 })).map(([of, by]) => of + by.join(''))

const operator = fc.constantFrom('==', '!=', '<', '>', '<=', '>=', 'contains', 'and', 'or')
const condition = fc.oneof(
  filtered,
  fc.tuple(filtered, operator, value).map((parts) => parts.join(' ')),
)

const { template } = fc.letrec<{ template: string }>((tie) => {
  const block = (name: string, middle = '') =>
    fc
      .tuple(condition, tie('template'), tie('template'))
      .map(([of, one, other]) => `{% ${name} ${of} %}${one}${middle}${other}{% end${name} %}`)
  const part = fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('Dear ', '\n', '{ { }', '..', '%'),
    filtered.map((one) => `{{ ${one} }}`),
    often(messageTags, liquid.tags).map((name) => `{% ${name} x %}y{% end${name} %}`),
    fc.constantFrom('{% for x in due %}{{ x.y }}{% endfor %}', '{% assign x = due %}{{ x.y }}'),
    block('if', '{% else %}'),
    block('unless'),
    fc.tuple(block('case'), value).map(([whole, when]) => whole.replace('%}', `%}{% when ${when} %}`)),
  )
  return { template: fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')) }
})

const data: Arbitrary<MessageData> = fc
  .array(fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('100 %zz')), {
    minLength: messageNames.length,
    maxLength: messageNames.length,
  })
  .map((texts) => Object.fromEntries(messageNames.map((name, index) => [name, texts[index]])) as MessageData)

test('a template without a problem has a text for any values', () => {
  fc.assert(
    fc.property(template, data, (text, values) => {
      fc.pre(newTemplateProblems(text).length === 0)
      expect(renderTemplate(text, values)).toHaveProperty('text')
    }),
    { numRuns: 500 },
  )
})

test.each(messageNames)('%s may be named', (name) => {
  const values = Object.fromEntries(messageNames.map((one) => [one, `<${one}>`]))
  expect(newTemplateProblems(`{{ ${name} }}`)).toEqual([])
  expect(renderTemplate(`{{ ${name} }}`, values)).toEqual({ text: `<${name}>` })
})

test('the messages that every policy has are without a problem', () => {
  const texts = [...builtInMessages.values()].flatMap((languages) => [...languages.values()])
  for (const { subject, body } of texts) expect(newTemplateProblems(subject + body)).toEqual([])
})

describe('what could not be filled for some values', () => {
  test.each([
    '{% if due == "x" %}{% assign a = due %}{% endif %}{{ a }}',
    '{% for name in case.names %}{{ name.of }}{% endfor %}',
    '{% include due %}',
    '{{ due | url_decode }}',
    '{{ due | base64_decode }}',
    '{{ due | append }}',
    '{{ due | where_exp: "x", "x.y" }}',
    '{{ [due] }}',
    '{% if due == (1..order.total) %}{% endif %}',
  ])('is refused in a new text: %s', (text) => {
    expect(renderTemplate(text, { due: '%', 'case.names': 'a', 'order.total': '9999999' })).toHaveProperty(
      'problem',
    )
    expect(newTemplateProblems(text)).toHaveLength(1)
  })

  test('may stand in a text that was published before', () => {
    expect(templateProblems('{{ due | url_decode }}{% include due %}')).toEqual([])
  })
})
