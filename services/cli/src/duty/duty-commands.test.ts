import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

const samples = join(import.meta.dirname, '..', '..', '..', '..', 'infra', 'samples')
const roster = join(samples, 'roster.yaml')
const policy = join(samples, 'wholesaler.policy.yaml')

let program: ProgramForTests
const holdpoint = (...args: string[]) => program.run(...args)
const write = (name: string, text: string) => program.write(name, text)
beforeEach(async () => {
  program = await ProgramForTests.start()
})
afterEach(() => program.stop())

describe('duty who', () => {
  test('names the person and how that came', async () => {
    const asked = ['--role', 'warehouse-lead', '--roster', roster, '--at', '2026-12-22T12:00:00Z']
    const { code, out } = await holdpoint('duty', 'who', ...asked)
    expect([code, out]).toEqual([0, 'Wanda Kowalska (wanda): stands in for will (turn 352 of the rota)\n'])
  })

  test('has exit code 1 when nobody is', async () => {
    const asked = ['--role', 'support', '--roster', roster, '--at', '2025-12-22T12:00:00Z']
    expect(await holdpoint('duty', 'who', ...asked)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^Nobody: the rota starts at/),
    })
  })

  test.each(['who', 'shifts', 'import'])(
    '%s tells a role that there is not, with what was meant',
    async (command) => {
      const file = command === 'import' ? [write('duty.ics', '')] : []
      const { code, err } = await holdpoint('duty', command, ...file, '--role', 'suport', '--roster', roster)
      expect([code, err]).toEqual([2, `There is no role "suport" in ${roster}: did you mean "support"?\n`])
    },
  )

  test('a role of the policy that nobody of the roster has is an answer, and no wrong name', async () => {
    const one = '{ subject: ann, name: Ann, roles: [support] }'
    program.answers['GET /roster'] = { body: { version: 1, text: `people:\n  - ${one}\n` } }
    program.answers['GET /policy'] = { body: { version: 1, text: readFileSync(policy, 'utf8') } }
    expect(await holdpoint('duty', 'who', '--role', 'sales')).toMatchObject({
      code: 1,
      out: 'Nobody: nobody has that role\n',
    })
    expect(await holdpoint('duty', 'who', '--role', 'salse')).toMatchObject({
      code: 2,
      err: 'There is no role "salse" in the roster: did you mean "sales"?\n',
    })
  })

  test('answers a question of each line, with rosters in place', async () => {
    const inPlace = { zone: 'UTC', people: [{ subject: 'ann', name: 'Ann', roles: ['support'] }] }
    program.stdin = [
      JSON.stringify({ role: 'support', at: '2026-01-06T12:00:00Z' }),
      JSON.stringify({ role: 'support', at: '2026-01-13T12:00:00Z' }),
      JSON.stringify({ role: 'support', at: '2026-01-13T12:00:00Z', roster: inPlace }),
      JSON.stringify({ role: 'support', at: 'noon' }),
    ]
    const { code, out } = await holdpoint('duty', 'who', '--stdin', '--roster', roster)
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.slice(0, 3).map(({ onDuty }) => onDuty[0].subject)).toEqual(['sam', 'suzy', 'ann'])
    expect(answers[3].error.message).toContain('noon')
    expect(code).toBe(1)
  })
})

test('duty shifts lists who follows whom', async () => {
  const span = ['--from', '2026-01-05T09:00:00Z', '--to', '2026-01-19T09:00:00Z']
  const { out } = await holdpoint('duty', 'shifts', '--role', 'support', '--roster', roster, ...span)
  expect(out).toMatch(/Sam Okafor +turn 1 of the rota\n.*Suzy Marsh +turn 2 of the rota\n$/)
})

describe('duty gaps', () => {
  const ask = (file: string) =>
    holdpoint('duty', 'gaps', '--roster', file, '--policy', policy, '--from', '2026-03-02T09:00:00Z')

  test('proves that there are none, for the built-in types too', async () => {
    const { code, out } = await ask(roster)
    expect([code, out]).toEqual([
      0,
      'For 90 days each of 37 exception types has an owner and a different backup on duty.\n',
    ])
  })

  test('lists the holes of each type, from the roster in force', async () => {
    const one = '{ subject: ann, name: Ann, roles: [support, order-manager, sales] }'
    program.answers['GET /roster'] = { body: { version: 1, text: `people:\n  - ${one}\n` } }
    const { code, out } = await holdpoint('duty', 'gaps', '--policy', policy)
    expect(code).toBe(1)
    expect(out).toMatch(/address-country .* the owner on duty is the only backup/)
    expect(out).toMatch(/billing-terms .* nobody of the owner role/)
  })
})

describe('duty gaps of cases that their owners cannot decide', () => {
  const people = `people:
  - { subject: ann, name: Ann Moore, roles: [finance] }
  - { subject: bob, name: Bob Lane, roles: [finance] }
  - { subject: cy, name: Cy Dow, roles: [controller] }
  - { subject: di, name: Di Rowe, roles: [order-manager, sales] }
`
  const sound = readFileSync(policy, 'utf8')
  const twoEyes = sound.replace('    owner: finance\n', '    owner: finance\n    approvals: 2\n')

  test('lists when too few are there, and who has such a case then', async () => {
    const away = 'absences:\n  - { person: bob, from: 2026-03-04, to: 2026-03-05, substitute: ann }\n'
    const file = write('two.yaml', `${people}${away}`)
    const asked = [
      '--roster',
      file,
      '--policy',
      write('two.policy.yaml', twoEyes),
      '--from',
      '2026-03-02T09:00:00Z',
    ]
    const { code, out } = await holdpoint('duty', 'gaps', ...asked, '--days', '10', '--json')
    const { holes } = JSON.parse(out) as { holes: { what: string }[] }
    expect(code).toBe(1)
    expect(holes.filter(({ what }) => what === 'approvals')).toEqual([
      {
        type: expect.any(String),
        from: '2026-03-04T00:00:00.000Z',
        to: '2026-03-06T00:00:00.000Z',
        what: 'approvals',
        next: 'controller',
        why: '2 people have to approve, and of finance there is only Ann Moore: controller has it at once',
      },
    ])
  })
})

describe('duty import', () => {
  const calendar = (summary: string) =>
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//duty//EN',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTAMP:20260101T000000Z',
      'DTSTART;TZID=Europe/London:20260330T090000',
      'DTEND;TZID=Europe/London:20260330T170000',
      'RRULE:FREQ=DAILY;COUNT=2',
      `SUMMARY:${summary}`,
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n')
  const take = (file: string) =>
    holdpoint('duty', 'import', file, '--role', 'support', '--roster', roster, '--json')

  test('makes shifts of events', async () => {
    const { code, out } = await take(write('duty.ics', calendar('Sam Okafor')))
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      rotas: {
        support: {
          zone: 'UTC',
          shifts: [
            { person: 'sam', from: '2026-03-30T08:00:00.000Z', to: '2026-03-30T16:00:00.000Z' },
            { person: 'sam', from: '2026-03-31T08:00:00.000Z', to: '2026-03-31T16:00:00.000Z' },
          ],
        },
      },
    })
  })

  test('says by line which event names nobody', async () => {
    const { code, err } = await take(write('duty.ics', calendar('Samantha')))
    expect(code).toBe(1)
    expect(err).toMatch(/duty\.ics:\d+:\d+ .*Samantha/)
  })
})
