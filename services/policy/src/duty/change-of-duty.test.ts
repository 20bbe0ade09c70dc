import { expect, test } from 'vitest'
import { readRoster, rosterText } from '../testing/sample-roster.ts'
import { describeRosterChange } from './describe-roster-change.ts'

const now = Date.parse('2026-01-28T12:00Z')
const before = readRoster(rosterText)

/** What a change of the roster's text says of duty. Sam has the week of 26 January, Suzy the next one. */
const told = (piece: string, replacement: string) => {
  expect(rosterText).toContain(piece)
  const changes = describeRosterChange(before, readRoster(rosterText.replace(piece, replacement)), now)
  return changes.filter((change) => change.startsWith('On duty'))
}

test('a name that is left out of a rota moves the duty of others: who comes now, and at the next hand-over', () => {
  expect(told('[sam, suzy, sid]', '[sam, suzy]')).toEqual([
    'On duty for support now: Suzy Lau, not Sam Okafor; from 2026-02-02 09:00 (Europe/London) on: Sam Okafor, not Suzy Lau.',
  ])
})

test('a change that only the next hand-over shows is told as well', () => {
  expect(told('[sam, suzy, sid]', '[sam, sid, suzy]')).toEqual([
    'On duty for support from 2026-02-02 09:00 (Europe/London) on: Sid Novak, not Suzy Lau.',
  ])
})

test('a role of which everybody is on duty is told by its people, and one that is new by who has it', () => {
  expect(told('roles: [finance] }', 'roles: [finance, stock] }')).toEqual([
    'On duty for stock now: Fiona Walsh, not nobody.',
  ])
  expect(told('roles: [finance, controller]', 'roles: [controller]')).toEqual([
    'On duty for finance now: Fiona Walsh, not Fiona Walsh and Carl Lindqvist.',
  ])
})

test('what leaves duty as it is says nothing', () => {
  expect(told('Sam Okafor', 'Samuel Okafor')).toEqual([])
  expect(describeRosterChange(before, before, now)).toEqual([])
})
