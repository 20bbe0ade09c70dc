import { expect, test } from 'vitest'
import { renderTemplate } from './render-template.ts'

test('dotted names of the data are names in the template', () => {
  const data = { 'order.id': 'SO-1', due: 'Monday' }
  expect(renderTemplate('{{ order.id }} by {{ due }}', data)).toEqual({ text: 'SO-1 by Monday' })
})

test('a name that the data does not have is a problem that names it', () => {
  expect(renderTemplate('About {{ order.nmae }}', { 'order.name': 'x' })).toEqual({
    problem: expect.stringContaining('order.nmae'),
  })
})

test('a filter that does not exist is a problem', () => {
  expect(renderTemplate('{{ a | shout }}', { a: 'x' })).toEqual({ problem: expect.stringContaining('shout') })
})

test.each(['constructor', '__proto__', 'toString', 'order.constructor', 'order.__proto__.polluted'])(
  'a template cannot reach %s of JavaScript objects',
  (path) => {
    expect(renderTemplate(`{{ ${path} }}`, { 'order.id': '1' })).toHaveProperty('problem')
  },
)

test('a template cannot include a file', () => {
  for (const tag of ['render', 'include', 'layout'])
    expect(renderTemplate(`{% ${tag} 'package.json' %}`, {})).toHaveProperty('problem')
})

test('a template that would run for long is stopped', () => {
  const loop = '{% for i in (1..100000000) %}{{ i }}{% endfor %}'
  expect(renderTemplate(loop, {})).toHaveProperty('problem')
})

test('data that sets __proto__ changes no object', () => {
  expect(renderTemplate('{{ __proto__.polluted }}', { '__proto__.polluted': 'yes' })).toEqual({ text: 'yes' })
  expect(({} as { polluted?: string }).polluted).toBeUndefined()
})

test('a path that is a value and a group at once is a problem that names it', () => {
  const problem = { problem: expect.stringContaining('order') }
  expect(renderTemplate('', { order: 'SO-1', 'order.id': 'SO-1' })).toEqual(problem)
  expect(renderTemplate('', { 'order.id': 'SO-1', order: 'SO-1' })).toEqual(problem)
})

test('a value that holds template code is text', () => {
  expect(renderTemplate('{{ name }}', { name: '{{ secret }}{% raw %}' })).toEqual({
    text: '{{ secret }}{% raw %}',
  })
})
