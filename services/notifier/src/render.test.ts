import fc from 'fast-check'
import { expect, test } from 'vitest'
import { render } from './render.ts'

const rendered = (subject: string, body: string, data: { [path: string]: string }) =>
  render({ subject, body, data })

test('subject and body are filled with the data', () => {
  const data = { 'order.id': 'SO-1', 'order.total': '12.5', due: 'Monday' }
  expect(rendered('Order {{ order.id }}', '{{ order.total }} by {{ due }}', data)).toEqual({
    subject: 'Order SO-1',
    body: '12.5 by Monday',
  })
})

test.each([
  ['subject', '{{ order.nmae }}', ''],
  ['body', '', '{{ order.nmae }}'],
])('a name in the %s that the data does not have is a problem that names it', (_, subject, body) => {
  expect(rendered(subject, body, { 'order.name': 'x' })).toEqual({
    problem: expect.stringContaining('order.nmae'),
  })
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
