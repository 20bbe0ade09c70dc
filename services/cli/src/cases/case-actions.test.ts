import { oneCase } from '@holdpoint/desk-contract/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deskWithCase, event } from '../testing/desk-with-case.ts'
import { type Answer, ProgramForTests } from '../testing/program.ts'

let program: ProgramForTests
const holdpoint = (...args: string[]) => program.run('cases', ...args)
beforeEach(async () => {
  program = await ProgramForTests.start()
  program.answers = deskWithCase()
})
afterEach(() => program.stop())

const asked = (path: string) => program.asked.find((one) => one.method === 'POST' && one.path === path)?.body
const as = ['--as', 'sam']

describe('actions around a decision', () => {
  const action = () => asked('/cases/C-1/actions')

  test('a question says whom it asks and how long they have', async () => {
    const { code } = await holdpoint(
      ...['ask', 'C-1', ...as, '--to', 'customer', '--text', 'Which?', '--within', '1 working day'],
    )
    expect(code).toBe(0)
    expect(action()).toEqual({
      action: 'ask',
      reason: 'Which?',
      to: 'customer',
      within: '1 working day',
    })
  })

  test('an answer may give fields, with the values that they replace', async () => {
    await holdpoint('answer', 'C-1', ...as, '--text', 'in Hull', '--set', 'shipping.city=Hull')
    const corrections = [{ path: 'shipping.city', expected: 'Boston', value: 'Hull' }]
    expect(action()).toEqual({ action: 'answer', reason: 'in Hull', corrections })
  })

  test.each([
    [['note', 'C-1', '--text', 'rang twice'], { action: 'note', reason: 'rang twice' }],
    [['claim', 'C-1'], { action: 'claim', reason: '' }],
    [
      ['reassign', 'C-1', '--to', 'frank', '--reason', 'away'],
      { action: 'reassign', to: 'frank', reason: 'away' },
    ],
    [['reopen', 'C-1', '--reason', 'wrong order'], { action: 'reopen', reason: 'wrong order' }],
    [['replan', 'C-1', '--reason', 'new times'], { action: 'replan', reason: 'new times' }],
  ])('%j needs no state of the order', async (args, body) => {
    expect((await holdpoint(...args, ...as)).code).toBe(0)
    expect(action()).toEqual(body)
  })

  test.each([
    [['clear', 'C-1', '--reason', 'seen'], { action: 'clear', reason: 'seen', digest: 'digest-1' }],
    [
      ['stop', 'C-1', '--reason', 'fraud', '--whole-order'],
      { action: 'stop', reason: 'fraud', digest: 'digest-1', wholeOrder: true },
    ],
  ])('%j is bound to the order as it was shown', async (args, body) => {
    await holdpoint('show', 'C-1')
    expect((await holdpoint(...args, ...as)).code).toBe(0)
    expect(action()).toEqual(body)
  })

  test('a case is raised on an order, of the type other when none is said', async () => {
    program.answers['POST /orders/SO-1/cases'] = program.answers['POST /cases/C-1/actions'] as Answer
    await holdpoint('raise', 'SO-1', ...as, '--reason', 'half is missing')
    expect(asked('/orders/SO-1/cases')).toEqual({ type: 'other', reason: 'half is missing' })
  })

  test('a case is raised of no type that there is not', async () => {
    program.answers['GET /policy/types'] = {
      body: { types: [{ type: 'address-country' }, { type: 'other' }] },
    }
    const { code, err } = await holdpoint('raise', 'SO-1', ...as, '--type', 'adress-country', '--reason', 'x')
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean "address-country"?')])
    expect(asked('/orders/SO-1/cases')).toBeUndefined()
  })
})

describe('the answer to a command', () => {
  const goesOn = (own: object, events: object[] = [event]) => {
    const answered = { commandId: 'x', status: 'done', case: { ...oneCase, ...own }, events }
    program.answers['POST /cases/C-1/actions'] = { body: answered }
  }
  const notCured = {
    corrections: [{ path: 'shipping.city', expected: 'Boston', value: 'Hull' }],
    by: { subject: 'sam', name: 'Sam Okafor' },
    state: 'NOT_CURED',
  }

  test('says for whom the case waits and until when, whatever was put right before', async () => {
    const question = { to: 'customer', text: 'Which?', answerBy: '2026-03-03T09:00:00Z' }
    goesOn({ status: 'WAITING', deadline: null, question, correction: notCured })
    const asks = await holdpoint('ask', 'C-1', ...as, '--to', 'customer', '--text', 'Which?')
    expect(asks.out).toMatch(/^C-1 {2}ask: waits for the customer to answer until 2026-03-03 .* \(in 1 d\)\n/)
    goesOn({ correction: notCured })
    const answers = await holdpoint('answer', 'C-1', ...as, '--text', 'This one')
    expect(answers.out).toMatch(
      /^C-1 {2}answer: waits for Sam Okafor to decide until 2026-03-02 .* \(in 1 h 20 min\)\n/,
    )
  })

  test('says to whoever put something right that the rule still holds', async () => {
    goesOn({ correction: notCured }, [{ ...event, type: 'NOT_CURED' }])
    const { out } = await holdpoint(
      ...['correct', 'C-1', ...as, '--reason', 'x', '--set', 'shipping.city=Hull', '--yes'],
    )
    expect(out).toContain('open, for the rule still holds: look at the case again')
  })

  test('says why a message was not sent and what to do', async () => {
    const detail = 'The order has no e-mail address of the customer. Correct customer.email, or call them.'
    goesOn({}, [{ ...event, type: 'NOTICE_FAILED', reason: 'Nobody was told.', notice: { detail } }])
    expect((await holdpoint('note', 'C-1', ...as, '--text', 'x')).out).toContain(
      `notice failed by Sam Okafor: Nobody was told. ${detail}\n`,
    )
  })
})

test('a field that there is not is told with everything else that is wrong, and nothing is sent', async () => {
  const set = ['--set', 'shipping.planet=Mars', '--set', 'shipping.city= ', '--set', 'shipping.country=x']
  const { code, err } = await holdpoint('correct', 'C-1', ...as, '--reason', 'x', ...set, '--yes')
  expect(code).toBe(2)
  expect(err).toContain('no field "shipping.planet"')
  expect(err).toContain('"shipping.city" would get blanks')
  expect(err).toContain('holdpoint orders show SO-1 --json')
  expect(asked('/cases/C-1/actions')).toBeUndefined()
})

describe('several cases at once', () => {
  const outcome = (caseId: string, own: object = {}) => ({
    ...{ caseId, commandId: `k-${caseId}`, status: 'done', code: '', message: '' },
    ...{ case: { ...oneCase, caseId, status: 'CLOSED', outcome: 'APPROVED' }, ...own },
  })
  const answering = (...outcomes: object[]) => {
    for (const id of ['C-2', 'C-3'])
      program.answers[`GET /cases/${id}`] = {
        body: { case: { ...oneCase, caseId: id, digest: `digest-${id}` }, events: [], receipts: [] },
      }
    program.answers['POST /cases/actions'] = { body: { outcomes } }
  }
  const reason = ['--reason', 'agreed', '--yes']

  test('are sent together, each with the state that it was shown with', async () => {
    answering(outcome('C-1'), outcome('C-2'))
    const { code, out } = await holdpoint('approve', 'C-1', 'C-2', ...as, ...reason)
    expect(asked('/cases/actions')).toEqual({
      action: 'approve',
      reason: 'agreed',
      cases: [
        { caseId: 'C-1', digest: 'digest-1' },
        { caseId: 'C-2', digest: 'digest-C-2' },
      ],
    })
    expect(code).toBe(0)
    expect(out).toMatch(/C-1 +SO-1 +done +approved\nC-2 +SO-1 +done +approved/)
  })

  test('have exit code 1 when one was refused, and say which and why', async () => {
    const refusal = { status: 'refused', code: 'NOT_OWNER', message: 'It lies with finance.', case: oneCase }
    answering(outcome('C-1'), outcome('C-2', refusal))
    const { code, out } = await holdpoint('approve', 'C-1', 'C-2', ...as, ...reason)
    expect(code).toBe(1)
    expect(out).toMatch(/C-2 +SO-1 +refused: NOT_OWNER It lies with finance\. +open/)
  })

  test('are asked for until each has its answer', async () => {
    answering(outcome('C-1'), outcome('C-2', { status: 'pending' }), outcome('C-3', { status: 'pending' }))
    const done = { ...oneCase, caseId: 'C-2', status: 'CLOSED', outcome: 'STOPPED' }
    program.answers['GET /commands/k-C-2'] = {
      body: { commandId: 'k-C-2', status: 'done', case: done, events: [event] },
    }
    program.answers['GET /commands/k-C-3'] = {
      status: 409,
      body: { code: 'STALE_VIEW', detail: 'Look again.' },
    }
    const { code, out } = await holdpoint('stop', 'C-1', 'C-2', 'C-3', ...as, ...reason, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out).outcomes).toMatchObject([
      { status: 'done' },
      { status: 'done', case: { outcome: 'STOPPED' } },
      { status: 'refused', code: 'STALE_VIEW', message: 'Look again.' },
    ])
  })

  test('that were not shown before are shown, and left as they are', async () => {
    answering(outcome('C-1'), outcome('C-2'))
    await holdpoint('show', 'C-1')
    const { code, err } = await holdpoint('approve', 'C-1', 'C-2', ...as, '--reason', 'agreed')
    expect([code, asked('/cases/actions')]).toEqual([1, undefined])
    expect(err).toContain('Nothing was done yet: C-2 had not been shown here before.')
    expect((await holdpoint('approve', 'C-1', 'C-2', ...as, '--reason', 'agreed')).code).toBe(0)
  })

  test('one wrong id among them is told in its line, and the others are carried out', async () => {
    answering(outcome('C-1'), outcome('C-2'))
    const unknown = { code: 'UNKNOWN_CASE', detail: 'There is no case C-9.' }
    program.answers['GET /cases/C-9'] = { status: 404, body: unknown }
    const { code, out } = await holdpoint('approve', 'C-1', 'C-9', 'C-2', ...as, ...reason)
    expect(code).toBe(1)
    expect(out).toMatch(/C-1 .*done.*\nC-2 .*done.*\nC-9 +refused: UNKNOWN_CASE There is no case C-9\./)
    const sent = (asked('/cases/actions') as { cases: { caseId: string }[] }).cases
    expect(sent.map(({ caseId }) => caseId)).toEqual(['C-1', 'C-2'])
  })

  test('are not stopped as whole orders, nor bound to one state', async () => {
    for (const option of [['--whole-order'], ['--digest', 'd']])
      expect((await holdpoint('stop', 'C-1', 'C-2', ...as, ...reason, ...option)).code).toBe(2)
    expect(asked('/cases/actions')).toBeUndefined()
  })
})

describe('a case on the screen', () => {
  const shown = async (own: object, receipts: object[] = []) => {
    program.answers['GET /cases/C-1'] = { body: { case: { ...oneCase, ...own }, events: [event], receipts } }
    return (await holdpoint('show', 'C-1')).out
  }

  test('says who has it, what it waits for, and by when', async () => {
    const question = { to: 'customer', text: 'Which?', answerBy: '2026-03-03T09:00:00Z' }
    const out = await shown({ status: 'WAITING', deadline: null, question, actions: ['ANSWER', 'CLAIM'] })
    expect(out).toMatch(/who has it +Sam Okafor \(sam\)/)
    expect(out).toMatch(/question +to customer: Which\?/)
    expect(out).toMatch(/answer by +.* \(in 1 d\)/)
    expect(out).not.toMatch(/^due/m)
    expect(out).toContain('cases answer C-1 --as SUBJECT --text "…"\n')
    expect(out).toContain('cases claim C-1 --as SUBJECT\n')
  })

  test('says what was proposed and who has approved it', async () => {
    const by = { subject: 'ann', name: 'Ann' }
    const corrections = [{ path: 'shipping.city', expected: 'Boston', value: 'Hull' }]
    const out = await shown({ proposal: { corrections, by }, approvals: { by: [by], needed: 2 } })
    expect(out).toContain('Proposed by Ann:\n  shipping.city: "Boston" → "Hull"\n')
    expect(out).toMatch(/approved +by 1 of 2: Ann/)
  })

  test('says in its closing line what was given where something else was asked for', async () => {
    const closed = {
      corrections: [{ path: 'lines.1.discountPercent', expected: '', value: '20' }],
      asked: [
        { path: 'lines.1.discountPercent', value: '25' },
        { path: 'billing.terms', value: 'NET60' },
      ],
    }
    const body = { case: oneCase, events: [{ ...event, closed }], receipts: [] }
    program.answers['GET /cases/C-1'] = { body }
    expect((await holdpoint('show', 'C-1')).out).toContain(
      'closed by Sam Okafor: checked (given: lines.1.discountPercent "20" instead of "25")\n',
    )
  })

  test('says of a question whom it went to', async () => {
    const asked = { ...event, type: 'ASKED', reason: 'Which?', question: { to: 'finance' } }
    program.answers['GET /cases/C-1'] = { body: { case: oneCase, events: [asked], receipts: [] } }
    expect((await holdpoint('show', 'C-1')).out).toContain('asked finance by Sam Okafor: Which?\n')
  })

  test('lists what the reader may do, where they say who they are', async () => {
    expect(await shown({ mayDo: ['NOTE'] })).toContain('cases correct C-1 --as SUBJECT')
    const out = (await holdpoint('show', 'C-1', '--as', 'sam')).out
    expect(out).toContain('What sam may do:\n  holdpoint cases note C-1 --as sam --text "…"\n')
    expect(out).not.toContain('cases correct')
    await shown({ mayDo: [] })
    expect((await holdpoint('show', 'C-1', '--as', 'sam')).out).toContain(
      'Nothing about it is for sam to do.',
    )
  })

  test('says before anybody acts that it takes two', async () => {
    expect(await shown({ fourEyes: true })).toMatch(/four eyes +two people: values that one sets/)
    expect(await shown({ approvals: { by: [], needed: 2 } })).toMatch(/approved +by 0 of 2/)
    expect(await shown({})).not.toContain('four eyes')
  })

  test('says where the time to decide went', async () => {
    const [start, asks, now] = ['2026-03-02T08:00:00Z', '2026-03-02T08:30:00Z', '2026-03-02T09:00:00Z']
    const out = await shown({}, [
      {
        ...{
          startedAt: start,
          closedAt: null,
          policyVersion: 3,
          owner: 'support',
          within: '2 working hours',
        },
        ...{ due: null, ranMs: 1_800_000, pausedMs: 1_800_000, closedMs: 0 },
        lines: [
          { from: start, to: asks, kind: 'ran' },
          { from: asks, to: now, kind: 'paused' },
        ],
      },
    ])
    expect(out).toContain('2 working hours of support, by policy version 3; no due instant while it waits')
    expect(out).toMatch(/ran +30 min\n.*waited +30 min\n/)
    expect(out).toContain('in all: ran 30 min, waited 30 min, closed 0 s')
  })
})
