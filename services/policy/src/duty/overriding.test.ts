import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roster as anyRoster } from '../testing/random-rosters.ts'
import { onDutyAt, rosterText, rosterWith } from '../testing/sample-roster.ts'
import { compileRoster } from './compile-roster.ts'
import { parseRoster } from './parse-roster.ts'
import { shifts } from './shifts.ts'

/** Sam has the week of 5 January, Suzy that of the 12th, Sid that of the 19th. */
const [week, next, afterNext] = ['2026-01-07T12:00Z', '2026-01-14T12:00Z', '2026-01-21T12:00Z'] as const

const always = 'from: 2026-01-01, to: 2026-02-28'
const replace = (pairs: string, when = always) => `  - { role: support, ${when}, replace: { ${pairs} } }\n`

/** Who is on duty at noon, whichever way round the overrides stand in the file. */
function onDuty(at: string, ...overrides: string[]): string[] {
  const [one, other] = [overrides, overrides.toReversed()].map((some) =>
    onDutyAt(compileRoster(rosterWith('overrides:\n', ...some)), at),
  )
  expect(other).toEqual(one)
  return one as string[]
}

describe('replacements', () => {
  test('are followed to their end, whatever their order in the file', () => {
    const chain = [replace('sam: suzy'), replace('suzy: sid')]
    expect(onDuty(week, ...chain)).toEqual(['sid'])
    expect(onDuty(next, ...chain)).toEqual(['sid'])
    expect(onDuty(afterNext, ...chain)).toEqual(['sid'])
  })

  test('of a day within those of a week go first, whatever their order in the file', () => {
    const day = 'from: 2026-01-07, to: 2026-01-07'
    const within = [replace('sam: suzy'), replace('sam: sid', day)]
    expect(onDuty(week, ...within)).toEqual(['sid'])
    expect(onDuty('2026-01-08T12:00Z', ...within)).toEqual(['suzy'])
    const standIn = [replace('sam: suzy'), replace('suzy: fiona', day)]
    expect(onDuty(week, ...standIn)).toEqual(['fiona'])
    expect(onDuty('2026-01-08T12:00Z', ...standIn)).toEqual(['suzy'])
  })

  test('that come round in a circle are swaps, each once', () => {
    const swap = [replace('sam: suzy'), replace('suzy: sam')]
    expect([onDuty(week, ...swap), onDuty(next, ...swap)]).toEqual([['suzy'], ['sam']])
    const round = [replace('sam: suzy'), replace('suzy: sid'), replace('sid: sam')]
    expect([onDuty(week, ...round), onDuty(next, ...round), onDuty(afterNext, ...round)]).toEqual([
      ['suzy'],
      ['sid'],
      ['sam'],
    ])
  })

  test('of one override happen at once', () => {
    expect(onDuty(week, replace('sam: suzy, suzy: sid'))).toEqual(['suzy'])
    expect(onDuty(week, replace('sam: suzy, suzy: sam'))).toEqual(['suzy'])
    expect(onDuty(week, replace('sam: suzy, suzy: sam'), replace('suzy: sid'))).toEqual(['sid'])
  })
})

test('who is added last is the assignee, whatever the order in the file', () => {
  const add = (who: string, from: string) =>
    `  - { role: support, from: ${from}, to: 2026-01-08, add: ${who} }\n`
  expect(onDuty(week, add('sid', '2026-01-06'), add('fiona', '2026-01-07'))).toEqual(['fiona', 'sid', 'sam'])
})

test('the order of overrides in the file changes nobody’s duty', () => {
  const span = [Date.parse('2026-01-01'), Date.parse('2026-07-01')] as const
  const withOrder = anyRoster.chain((roster) =>
    fc.record({
      roster: fc.constant(roster),
      shuffled: fc.shuffledSubarray([...roster.overrides], { minLength: roster.overrides.length }),
    }),
  )
  fc.assert(
    fc.property(withOrder, fc.constantFrom('support', 'finance'), ({ roster, shuffled }, role) => {
      const dutyOf = (overrides: typeof shuffled) =>
        shifts(compileRoster({ ...roster, overrides }), role, ...span).map(({ from, onDuty }) => [
          from,
          ...onDuty.map(({ subject }) => subject),
        ])
      expect(dutyOf(shuffled)).toEqual(dutyOf([...roster.overrides]))
    }),
    { numRuns: 200 },
  )
})

describe('a warning of an override that changes nothing', () => {
  const warningsOf = (...overrides: string[]) => {
    const read = parseRoster([rosterText, 'overrides:\n', ...overrides].join(''))
    return 'warnings' in read ? read.warnings.map(({ line, message }) => [line - 14, message]) : read.errors
  }
  const inWeek = 'from: 2026-01-06, to: 2026-01-08'

  test('is none for the end of a chain', () => {
    const chain = [replace('sam: suzy', inWeek), replace('suzy: sid', inWeek)]
    expect(warningsOf(...chain)).toEqual([])
    expect(warningsOf(...chain.toReversed())).toEqual([])
  })

  test('says that nobody is taken off, or that another override does it', () => {
    expect(warningsOf(replace('sam: suzy', inWeek), replace('suzy: sam', inWeek))).toEqual([
      [2, '"suzy" is not on duty as support then, so nothing changes'],
    ])
    const one = 'another override takes "sam" off as support then, so this one changes nothing'
    const both = [replace('sam: sid', inWeek), replace('sam: suzy', inWeek)]
    expect(warningsOf(...both)).toEqual([[2, one]])
    expect(warningsOf(...both.toReversed())).toEqual([[1, one]])
  })
})
