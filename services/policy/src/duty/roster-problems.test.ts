import { expect, test } from 'vitest'
import { rosterWith } from '../testing/sample-roster.ts'
import { rosterProblems } from './roster-problems.ts'

test('a roster that has somebody for every role of the policy has no problem', () => {
  expect(rosterProblems(rosterWith(), ['support', 'finance', 'controller'])).toEqual([])
})

test('roles that nobody has, and rotas that the policy knows nothing of, are told', () => {
  expect(rosterProblems(rosterWith(), ['suport', 'finance', 'sales'])).toEqual([
    {
      role: 'suport',
      what: 'nobody-has-role',
      message: 'nobody has the role "suport" of the policy',
      hint: 'add suport to the roles of somebody: did you mean "support"?',
    },
    {
      role: 'sales',
      what: 'nobody-has-role',
      message: 'nobody has the role "sales" of the policy',
      hint: 'add sales to the roles of somebody: there is support, finance, controller',
    },
    {
      role: 'support',
      what: 'rota-without-role',
      message: 'there is a rota for "support", a role that the policy does not have',
      hint: 'did you mean "suport"?',
    },
  ])
})
