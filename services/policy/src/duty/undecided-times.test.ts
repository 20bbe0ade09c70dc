import { expect, test } from 'vitest'
import { rosterWith } from '../testing/sample-roster.ts'
import { compileRoster } from './compile-roster.ts'
import type { DecidedType } from './undecidable.ts'
import { undecidedTimes } from './undecided-times.ts'

const terms: DecidedType = {
  type: 'terms',
  name: 'Terms',
  owner: 'finance',
  ladder: [{ to: 'controller' }, { to: 'support' }],
  actions: ['APPROVE'],
  approvals: 2,
  fourEyes: false,
  requestedBy: [],
}

/** Fiona and Carl have finance; Carl is the only controller. */
function timesOf(own: Partial<DecidedType>, ...more: string[]): string[] {
  const [fromMs, toMs] = ['2026-01-05T09:00Z', '2026-01-20'].map((at) => Date.parse(at)) as [number, number]
  const question = { roster: compileRoster(rosterWith(...more)), types: [{ ...terms, ...own }], fromMs, toMs }
  return undecidedTimes(question).map(({ what, from, to, there, next }) =>
    [what, day(from), day(to), there.map(({ subject }) => subject).join('+'), next ?? 'nobody'].join(' '),
  )
}

const day = (at: number) => new Date(at).toISOString().slice(0, 13)

test('there are none while there are enough people', () => {
  expect(timesOf({})).toEqual([])
})

test('an absence leaves too few, and the next level is the first with enough', () => {
  const away = 'absences:\n  - { person: fiona, from: 2026-01-07, to: 2026-01-08 }\n'
  expect(timesOf({}, away)).toEqual(['approvals 2026-01-07T00 2026-01-09T00 carl support'])
})

test('who stands in makes up for an absence, but counts once', () => {
  const stands = (substitute: string) =>
    `absences:\n  - { person: fiona, from: 2026-01-07, to: 2026-01-08, substitute: ${substitute} }\n`
  expect(timesOf({}, stands('sam'))).toEqual([])
  expect(timesOf({}, stands('carl'))).toEqual(['approvals 2026-01-07T00 2026-01-09T00 carl support'])
})

test('whoever is put on duty counts as well', () => {
  const away = 'absences:\n  - { person: fiona, from: 2026-01-07, to: 2026-01-08 }\n'
  const added = 'overrides:\n  - { role: finance, from: 2026-01-08, to: 2026-01-08, add: sid }\n'
  expect(timesOf({}, away, added)).toEqual(['approvals 2026-01-07T00 2026-01-08T00 carl support'])
})

test('an own request, or an own correction, is a time too', () => {
  const away = 'absences:\n  - { person: fiona, from: 2026-01-07, to: 2026-01-08 }\n'
  expect(timesOf({ approvals: 1, requestedBy: ['controller'] }, away)).toEqual([
    'own-request 2026-01-07T00 2026-01-09T00 carl support',
  ])
  expect(timesOf({ approvals: 1, fourEyes: true, actions: ['CORRECT'] }, away)).toEqual([
    'own-correction 2026-01-07T00 2026-01-09T00 carl support',
  ])
})

test('what lasts is one time, however often duty changes in between', () => {
  expect(timesOf({ approvals: 3 })).toEqual(['approvals 2026-01-05T09 2026-01-20T00 fiona+carl support'])
  expect(timesOf({ approvals: 5, ladder: [{ to: 'controller' }] })).toEqual([
    'approvals 2026-01-05T09 2026-01-20T00 fiona+carl nobody',
  ])
})
