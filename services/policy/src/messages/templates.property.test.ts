/** What the checker lets through can be filled, whatever the values are. */
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liquid, messageFilters, messageTags } from './engine.ts'
import { type CustomerData, messageNames } from './message-data.ts'
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
        'order.terms.size',
        'order["id"]',
        '[order.id]',
        'order[order.id]',
        '(1..3)',
        '(1..order.total)',
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
    fc.constantFrom(
      '{% for x in order.terms %}{{ x.y }}{% endfor %}',
      '{% assign x = order.terms %}{{ x.y }}',
    ),
    block('if', '{% else %}'),
    block('unless'),
    fc.tuple(block('case'), value).map(([whole, when]) => whole.replace('%}', `%}{% when ${when} %}`)),
  )
  return { template: fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')) }
})

const data: Arbitrary<CustomerData> = fc
  .array(fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('100 %zz')), {
    minLength: messageNames.length,
    maxLength: messageNames.length,
  })
  .map((texts) => Object.fromEntries(messageNames.map((name, index) => [name, texts[index]])) as CustomerData)

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

describe('what could not be filled for some values', () => {
  test.each([
    '{% if order.id == "x" %}{% assign a = order.id %}{% endif %}{{ a }}',
    '{% for name in order.terms %}{{ name.of }}{% endfor %}',
    '{% include order.id %}',
    '{{ order.id | url_decode }}',
    '{{ order.id | base64_decode }}',
    '{{ order.id | append }}',
    '{{ order.id | where_exp: "x", "x.y" }}',
    '{{ [order.id] }}',
    '{% if order.id == (1..order.total) %}{% endif %}',
  ])('is refused in a new text: %s', (text) => {
    expect(
      renderTemplate(text, { 'order.id': '%', 'order.terms': 'a', 'order.total': '9999999' }),
    ).toHaveProperty('problem')
    expect(newTemplateProblems(text)).toHaveLength(1)
  })

  test.each(['{{ case.names }}', '{{ due }}', '{{ question }}'])('nor may it name what %s was', (text) => {
    expect(newTemplateProblems(text)).toHaveLength(1)
    expect(templateProblems(text)).toEqual([])
  })

  test('may stand in a text that was published before', () => {
    expect(templateProblems('{{ order.id | url_decode }}{% include order.id %}')).toEqual([])
  })
})
