import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProgramForTests } from './testing/program.ts'

let program: ProgramForTests
let policy: string
let roster: string

beforeAll(async () => {
  program = await ProgramForTests.start()
  policy = 'infra/samples/wholesaler.policy.yaml'
  roster = 'infra/samples/roster.yaml'
})
afterAll(() => program.stop())

const wrong = [
  ['2026-02-30T10:00:00Z', 'there is no 30 February 2026'],
  ['2026-04-31T10:00:00+01:00', 'there is no 31 April 2026'],
  ['2027-02-29T10:00:00Z', 'there is no 29 February 2027'],
  ['2026-03-01T24:00:00Z', 'there is no 24:00'],
  ['2026-03-01T25:61:00Z', 'there is no 25:61'],
  ['2016-12-31T23:59:60Z', 'there is no 23:59:60'],
  ['2026-03-01T10:00:00+15:00', 'there is no offset +15:00'],
] as const

describe.each(wrong)('%s is told to be none', (instant, problem) => {
  const doors: [door: string, ...args: string[]][] = [
    [
      'policy due --from',
      'policy',
      'due',
      'POLICY',
      '--calendar',
      'office',
      '--within',
      '1 hour',
      '--from',
      instant,
    ],
    [
      'policy due --pause',
      ...['policy', 'due', 'POLICY', '--calendar', 'office', '--within', '1 hour'],
      ...['--from', '2026-02-02T10:00:00Z', '--pause', `${instant}/`],
    ],
    ['policy try --since', 'policy', 'try', 'POLICY', '--against', 'POLICY', '--since', instant],
    ['duty who --at', 'duty', 'who', '--role', 'support', '--roster', 'ROSTER', '--at', instant],
    ['duty shifts --from', 'duty', 'shifts', '--role', 'support', '--roster', 'ROSTER', '--from', instant],
    ['duty shifts --to', 'duty', 'shifts', '--role', 'support', '--roster', 'ROSTER', '--to', instant],
    ['duty gaps --from', 'duty', 'gaps', '--roster', 'ROSTER', '--policy', 'POLICY', '--from', instant],
    [
      'duty import --from',
      'duty',
      'import',
      'ROSTER',
      '--role',
      'support',
      '--roster',
      'ROSTER',
      '--from',
      instant,
    ],
  ]
  it.each(doors)('by %s', async (_, ...args) => {
    const said = args.map((arg) => ({ POLICY: policy, ROSTER: roster })[arg] ?? arg)
    const { code, out, err } = await program.run(...said)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`"${instant}": ${problem}`)
  })

  it('by each line of stdin', async () => {
    const calendar = { zone: 'Europe/London', open: 'always' }
    const sound = '2026-02-27T10:00:00Z'
    program.stdin = [
      JSON.stringify({ calendar, from: instant, within: '2 hours' }),
      JSON.stringify({ calendar, from: sound, within: '2 hours', pauses: [`${instant}/${sound}`] }),
      JSON.stringify({ calendar, from: sound, within: '2 hours', pauses: [[sound, instant]] }),
      JSON.stringify({ calendar, from: sound, within: '2 hours', pauses: [{ from: instant }] }),
    ]
    const { code, out } = await program.run('policy', 'due', '--stdin')
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(1)
    expect(answers).toHaveLength(4)
    for (const { error } of answers) expect(error.message).toContain(problem)
  })
})

it('tells a day that is none where a day is asked for', async () => {
  const { code, err } = await program.run(
    'orders',
    'generate',
    '--dry-run',
    '--count',
    '1',
    '--day',
    '2026-02-30',
  )
  expect([code, err]).toEqual([
    2,
    '--day "2026-02-30": there is no 30 February 2026; February 2026 has 28 days.\n',
  ])
})
