import { expect, test } from 'vitest'
import { checkPolicy } from '../parse-policy.ts'
import { policyText } from '../testing/sample-revision.ts'
import { type Person, usualNotify } from './roster.ts'

const sam: Person = {
  ...{ subject: 'sam', name: 'Sam Okafor', email: 'sam@odd.example', roles: ['support'] },
  notify: usualNotify,
}
const warnings = (text: string) =>
  checkPolicy(text, [sam])
    .warnings.map(({ message }) => message)
    .filter((message) => message.startsWith('customers read'))

test.each(['Ask Sam Okafor.', 'Write to SAM@odd.example.'])(
  'a text that names somebody of the staff is warned of: %s',
  (said) => {
    const text = policyText('lines.total > 5').replace('we look at your order {{ order.id }}.', said)
    expect(warnings(text)).toEqual(['customers read the name or the address of Sam Okafor'])
  },
)

test('others are not', () => {
  expect(warnings(policyText('lines.total > 5'))).toEqual([])
})
