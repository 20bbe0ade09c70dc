import { oneCase } from '@holdpoint/desk-contract/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deskWithCase } from '../testing/desk-with-case.ts'
import { type Answer, ProgramForTests } from '../testing/program.ts'

let program: ProgramForTests
const holdpoint = (...args: string[]) => program.run(...args)
beforeEach(async () => {
  program = await ProgramForTests.start()
})
afterEach(() => program.stop())

const action = () => program.asked.find(({ path }) => path === '/cases/C-1/actions')

describe('cases', () => {
  beforeEach(() => {
    program.answers = deskWithCase()
  })

  test('are listed with name, who decides, deadline and customer', async () => {
    const { code, out } = await holdpoint('cases', 'list', '--role', 'support')
    expect(code).toBe(0)
    expect(out).toMatch(
      /C-1 +SO-1 +Shipping country differs +support +Sam Okafor +in 1 h 20 min +shipping +Stump Street Gifts/,
    )
    expect(program.asked[0]?.path).toBe('/cases?status=open&role=support&limit=50')
  })

  test.each([
    [['list', '--role', 'suport'], 'GET /cases', 422, 'UNKNOWN_ROLE'],
    [['list', '--type', 'adress'], 'GET /cases', 422, 'UNKNOWN_TYPE'],
    [['claim', 'C-1', '--as', 'smm'], 'POST /session', 404, 'UNKNOWN_PERSON'],
  ])(
    '%j names nobody and nothing: a wrong use, in the words of the desk',
    async (args, asking, status, code) => {
      const detail = 'There is none: did you mean another?'
      program.answers[asking] = { status, body: { code, detail } }
      expect(await holdpoint('cases', ...args)).toEqual({ code: 2, out: '', err: `${code}: ${detail}\n` })
    },
  )

  test('are listed as JSON for machines', async () => {
    const { out } = await holdpoint('--json', 'cases', 'list')
    expect(JSON.parse(out)).toEqual({ cases: [oneCase], total: 1 })
  })

  test('a correction carries the value that it replaces and the digest that was shown', async () => {
    await holdpoint('cases', 'show', 'C-1')
    program.answers['GET /cases/C-1'] = {
      body: { case: { ...oneCase, digest: 'digest-2' }, events: [], receipts: [] },
    }
    const set = ['--set', 'shipping.country=GB', '--set', 'shipping.city=Boston = Lincs']
    const { code, out } = await holdpoint(
      'cases',
      'correct',
      'C-1',
      '--as',
      'sam',
      '--reason',
      'checked',
      ...set,
    )
    expect(code).toBe(0)
    expect(out).toContain('closed, corrected')
    expect(action()?.body).toEqual({
      action: 'correct',
      reason: 'checked',
      digest: 'digest-1',
      corrections: [
        { path: 'shipping.country', expected: 'US', value: 'GB' },
        { path: 'shipping.city', expected: 'Boston', value: 'Boston = Lincs' },
      ],
    })
    expect(action()?.headers).toMatchObject({ authorization: 'Bearer token-of-sam' })
    expect(action()?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  })

  describe('what was never shown', () => {
    const stop = (...more: string[]) =>
      holdpoint('cases', 'stop', 'C-1', '--as', 'sam', '--reason', 'x', ...more)

    test('is shown, and decided only when it is said again', async () => {
      const { code, err } = await stop()
      expect([code, action()]).toEqual([1, undefined])
      expect(err).toContain('The countries differ.')
      expect(err).toContain('Nothing was done yet: C-1 had not been shown here before.')
      expect((await stop()).code).toBe(0)
      expect(action()?.body).toMatchObject({ action: 'stop', digest: 'digest-1' })
    })

    test('nor was it where the stack was deleted and made anew, whose cases have the same ids', async () => {
      await holdpoint('cases', 'show', 'C-1')
      const anew = { ...oneCase, openedAt: '2026-03-02T08:30:00Z' }
      program.answers['GET /cases/C-1'] = { body: { case: anew, events: [], receipts: [] } }
      const { code, err } = await stop()
      expect([code, action()]).toEqual([1, undefined])
      expect(err).toContain('C-1 had not been shown here before.')
      expect((await stop()).code).toBe(0)
    })

    test('is shown and decided at once with --yes, or with the state that was seen elsewhere', async () => {
      const { code, err } = await stop('--yes')
      expect([code, err]).toEqual([0, expect.stringContaining('The countries differ.')])
      expect(action()?.body).toMatchObject({ digest: 'digest-1' })
      expect((await stop('--digest', 'digest-1')).code).toBe(0)
    })

    test.each([
      ['y', 0, 'digest-1'],
      ['yes', 0, 'digest-1'],
      ['', 1, undefined],
      ['no', 1, undefined],
    ])('a person at a terminal is asked; %j has exit code %d', async (typed, code, digest) => {
      program.typed = typed
      expect((await stop()).code).toBe(code)
      expect((action()?.body as { digest?: string } | undefined)?.digest).toBe(digest)
    })

    test('is not asked about where it is closed: that is said at once', async () => {
      const closed = { ...oneCase, status: 'CLOSED', outcome: 'APPROVED' }
      program.answers['GET /cases/C-1'] = { body: { case: closed, events: [], receipts: [] } }
      const detail = 'The case was approved by fiona: agreed'
      program.answers['POST /cases/C-1/actions'] = { status: 409, body: { code: 'CASE_CLOSED', detail } }
      expect(await stop()).toEqual({ code: 1, out: '', err: `CASE_CLOSED: ${detail}\n` })
      const refused = {
        caseId: 'C-1',
        commandId: 'k',
        status: 'refused',
        code: 'CASE_CLOSED',
        message: detail,
      }
      program.answers['POST /cases/actions'] = { body: { outcomes: [{ ...refused, case: closed }] } }
      const { out, err } = await holdpoint(...['cases', 'stop', 'C-1', 'C-1', '--as', 'sam', '--reason', 'x'])
      expect([out, err]).toEqual([expect.stringContaining('refused: CASE_CLOSED'), ''])
    })

    test('stays not shown to a program that reads JSON', async () => {
      for (const _ of [1, 2]) {
        const { code, err } = await stop('--json')
        expect([code, JSON.parse(err).error.code, action()]).toEqual([1, 'NOT_SHOWN_YET', undefined])
      }
    })
  })

  describe('what was shown stays shown after one’s own command', () => {
    const ask = (...more: string[]) =>
      holdpoint('cases', 'ask', 'C-1', '--as', 'sam', '--to', 'customer', '--text', 'Which?', ...more)
    const answering = (own: object) => {
      const open = { ...oneCase, ...own }
      program.answers['POST /cases/C-1/actions'] = {
        body: { commandId: 'x', status: 'done', case: open, events: [] },
      }
      program.answers['GET /cases/C-1'] = { body: { case: open, events: [], receipts: [] } }
    }
    const stop = () => holdpoint('cases', 'stop', 'C-1', '--as', 'sam', '--reason', 'x')
    const digestSent = () => (program.asked.at(-1)?.body as { digest?: string } | undefined)?.digest

    test('on the same order', async () => {
      await holdpoint('cases', 'show', 'C-1')
      answering({})
      await ask()
      expect([(await stop()).code, digestSent()]).toEqual([0, 'digest-1'])
    })

    test('on an order that has changed, as the case is displayed with the answer', async () => {
      await holdpoint('cases', 'show', 'C-1')
      answering({ digest: 'digest-2' })
      expect((await ask()).err).toContain('The countries differ.')
      expect([(await stop()).code, digestSent()]).toEqual([0, 'digest-2'])
    })

    test('and what a program has read as JSON', async () => {
      answering({ digest: 'digest-2' })
      await ask('--json')
      expect([(await stop()).code, digestSent()]).toEqual([0, 'digest-2'])
    })

    test('but not what nobody has seen', async () => {
      answering({})
      await ask()
      expect((await stop()).err).toContain('C-1 had not been shown here before')
    })
  })

  test('a refusal is told with its code, and has exit code 1', async () => {
    const detail = 'The decision lies with support.'
    program.answers['POST /cases/C-1/actions'] = { status: 409, body: { code: 'NOT_OWNER', detail } }
    const { code, out, err } = await holdpoint(
      'cases',
      'stop',
      'C-1',
      '--as',
      'fiona',
      '--reason',
      'x',
      '--json',
      '--yes',
    )
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(JSON.parse(err)).toEqual({ error: { code: 'NOT_OWNER', message: `NOT_OWNER: ${detail}` } })
  })

  test('an answer that takes longer is asked for by its command', async () => {
    program.answers['GET /commands/'] = program.answers['POST /cases/C-1/actions'] as Answer
    program.answers['POST /cases/C-1/actions'] = { status: 202, body: { commandId: 'x', status: 'pending' } }
    const { code, out } = await holdpoint('cases', 'stop', 'C-1', '--as', 'sam', '--reason', 'x', '--yes')
    expect([code, out]).toEqual([0, expect.stringContaining('closed, corrected')])
    expect(program.asked.at(-1)?.path).toBe(`/commands/${action()?.headers['idempotency-key']}`)
  })
})
