import fc from 'fast-check'
import { expect, test } from 'vitest'
import { render } from './render.ts'

const rendered = (subject: string, body: string, data: { [path: string]: string }) =>
  render({ subject, body, data })

test('dotted paths of the data are names in the templates', () => {
  const data = { 'order.id': 'SO-1', 'order.total': '12.5', due: 'Monday' }
  expect(rendered('Order {{ order.id }}', '{{ order.total }} by {{ due }}', data)).toEqual({
    subject: 'Order SO-1',
    body: '12.5 by Monday',
  })
})

test('a name that the data does not have is a problem that names it', () => {
  expect(rendered('About {{ order.nmae }}', '', { 'order.name': 'x' })).toEqual({
    problem: expect.stringContaining('order.nmae'),
  })
})

test('a filter that does not exist is a problem', () => {
  expect(rendered('{{ a | shout }}', '', { a: 'x' })).toEqual({ problem: expect.stringContaining('shout') })
})

test.each(['constructor', '__proto__', 'toString', 'order.constructor', 'order.__proto__.polluted'])(
  'a template cannot reach %s of JavaScript objects',
  (path) => {
    expect(rendered(`{{ ${path} }}`, '', { 'order.id': '1' })).toHaveProperty('problem')
  },
)

test('a template cannot include a file', () => {
  for (const tag of ['render', 'include', 'layout'])
    expect(rendered('', `{% ${tag} 'package.json' %}`, {})).toHaveProperty('problem')
})

test('a template that would run for long is stopped', () => {
  expect(rendered('', '{% for i in (1..100000000) %}{{ i }}{% endfor %}', {})).toHaveProperty('problem')
})

test('data that sets __proto__ changes no object', () => {
  expect(rendered('{{ __proto__.polluted }}', '', { '__proto__.polluted': 'yes' })).toEqual({
    subject: 'yes',
    body: '',
  })
  expect(({} as { polluted?: string }).polluted).toBeUndefined()
})

test('a path that is a value and a group at once is a problem that names it', () => {
  const problem = { problem: expect.stringContaining('order') }
  expect(rendered('', '', { order: 'SO-1', 'order.id': 'SO-1' })).toEqual(problem)
  expect(rendered('', '', { 'order.id': 'SO-1', order: 'SO-1' })).toEqual(problem)
})

test('a value that holds template code is text', () => {
  const result = rendered('{{ name }}', '{{ name }}', { name: '{{ secret }}{% raw %}' })
  expect(result).toEqual({ subject: '{{ secret }}{% raw %}', body: '{{ secret }}{% raw %}' })
})

test('a subject is one line whatever the values hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const result = rendered('About {{ value }}', '', { value })
      expect(result).toHaveProperty('subject')
      expect((result as { subject: string }).subject).not.toMatch(/[\r\n\u2028\u2029\u0085\0]/)
    }),
  )
})
