import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toldOf } from './failures.ts'
import { ProgramForTests } from './testing/program.ts'

let program: ProgramForTests
const holdpoint = (...args: string[]) => program.run(...args)
beforeEach(async () => {
  program = await ProgramForTests.start()
})
afterEach(() => program.stop())

describe('help', () => {
  test.each([
    [['--help'], 'Start here:'],
    [['orders', 'import', '--help'], 'Examples:'],
    [['cases', 'correct', '--help'], '--set shipping.city=Boston'],
    [['audit', 'verify', '--help'], 'Exit code 1'],
  ])('%j teaches', async (args, words) => {
    const { code, out } = await holdpoint(...args)
    expect(code).toBe(0)
    expect(out).toContain(words)
  })
})

describe('wrong use has exit code 2', () => {
  test.each([
    [['bogus'], 'unknown command'],
    [['cases', 'list', '--limit', '0'], 'whole number'],
    [['cases', 'list', '--status', 'odd'], 'open, waiting, stopped, closed, all'],
    [['cases', 'approve', 'C-1', '--as', 'sam'], '--reason'],
    [['cases', 'approve', 'C-1', '--reason', 'x'], 'Say who acts'],
    [['cases', 'correct', 'C-1', '--as', 'sam', '--reason', 'x', '--set', 'shipping.city'], 'path=value'],
    [['orders', 'import', 'nothing.csv'], 'There is no file'],
    [['orders', 'send', 'nothing.json'], 'cannot be read'],
    [['orders', 'generate', '--count', '1', '--continuous'], 'either'],
    [['orders', 'generate', '--day', 'monday', '--dry-run'], '--day'],
    [['cases', 'list', '--desk', 'nowhere'], 'no http URL'],
  ])('%j', async (args, words) => {
    const { code, err } = await holdpoint(...args)
    expect(err).toContain(words)
    expect(code).toBe(2)
  })
})

describe('what nobody thought of', () => {
  const failing = () => {
    // A case without most of its fields: an answer that no desk gives.
    program.answers['GET /cases/C-1'] = { body: { case: {}, events: [], receipts: [] } }
  }

  test('is one sentence that says what to do, without the stack', async () => {
    failing()
    const { code, err } = await holdpoint('cases', 'show', 'C-1')
    expect(code).toBe(1)
    expect(err).toMatch(/^holdpoint itself has a fault .*--debug.*report.*\n$/)
  })

  test('is told with the place in the program for --debug', async () => {
    failing()
    expect((await holdpoint('cases', 'show', 'C-1', '--debug')).err).toMatch(/\n {4}at .*case-text\.ts/)
  })

  test('a file that the system does not let be written is told by its name', async () => {
    const copy = `${program.folder}/none/duty.copy`
    const told = toldOf(await open(copy, 'w').catch((error) => error))
    expect(told).toEqual({ code: 'ENOENT', message: `${copy}: there is no such file or folder.` })
  })
})

describe('what cannot be seen', () => {
  const evil = 'a\u001b[31mred\u202e\u009b2J'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come
  const seen = /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]*$/

  test('is shown by its number in every error, of arguments and of others', async () => {
    program.answers['GET /cases/C-1'] = { status: 409, body: { code: 'NO', detail: evil } }
    for (const args of [
      [evil],
      ['cases', 'list', `--${evil}`],
      ['cases', 'list', '--status', evil],
      ['orders', 'send', `${evil}.json`],
      ['cases', 'list', '--desk', evil],
      ['cases', 'show', 'C-1'],
      ['cases', 'show', 'C-1', '--json'],
    ]) {
      const { err } = await holdpoint(...args)
      expect(err).toMatch(seen)
      expect(err).toContain('\\u001b[31m')
    }
  })

  test('and in every result', async () => {
    const answers = { orderId: evil, revision: 1, revisions: [], decisions: [], deadLetters: [] }
    const order = { ...answers, verdicts: [], cases: [], events: [], notices: [], order: null }
    program.answers['GET /orders/'] = { body: order }
    expect((await holdpoint('orders', 'show', 'SO-1')).out).toMatch(seen)
  })
})

describe('a desk that is away', () => {
  test('is named, with what to do', async () => {
    const { code, err } = await holdpoint('cases', 'list', '--desk', 'http://127.0.0.1:1')
    expect(code).toBe(1)
    expect(err).toMatch(/does not answer at http:\/\/127\.0\.0\.1:1 .*npm start/)
  })

  test('and so is something else at its address', async () => {
    program.answers['GET /cases'] = { status: 500, body: 'something' }
    const { code, err } = await holdpoint('cases', 'list')
    expect(code).toBe(1)
    expect(err).toContain('not as a desk does')
  })
})

describe('files', () => {
  const write = (name: string, text: string) => program.write(name, text)

  test('order events with problems are not sent, and each problem is named', async () => {
    const file = write('events.json', '[{"eventId": "1", "kind": "SOLD", "colour": "red"}]')
    const { code, err } = await holdpoint('orders', 'send', file)
    expect(code).toBe(1)
    for (const words of [
      'nothing was sent',
      'event 1: colour',
      'event 1: orderId is missing',
      'event 1: kind must be',
    ])
      expect(err).toContain(words)
  })

  test('what is no JSON is told', async () => {
    expect(await holdpoint('orders', 'send', write('x.json', '{'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no JSON'),
    })
  })

  test('a policy with a typo is told by file, line and column; nothing is asked of the desk', async () => {
    const file = write('p.yaml', 'title: T\norder-owner: x\nstages: [shipping]\nexceptions: {}\nrulez: {}\n')
    const { code, out } = await holdpoint('policy', 'check', file)
    expect(code).toBe(1)
    expect(out).toMatch(/p\.yaml:5:1 .*rulez/)
    expect(program.asked).toEqual([])
  })

  test('a roster is published on top of the version that was seen, and says what changed', async () => {
    program.answers = {
      'POST /session': { body: { token: 't' } },
      'GET /roster': { body: { version: 3 } },
      'POST /roster': { status: 201, body: { version: 4, changes: ['Sam is new'], warnings: [] } },
    }
    const text = 'people:\n  - { subject: sam, name: Sam, roles: [support] }\n'
    const publish = (...more: string[]) =>
      holdpoint('roster', 'publish', write('r.yaml', text), '--as', 'olga', '--reason', 'start', ...more)
    const { code, out } = await publish()
    expect([code, out]).toEqual([0, 'Roster version 4 is published.\n  Sam is new\n'])
    expect(program.asked.at(-1)?.body).toEqual({ text, reason: 'start', basedOn: 3 })
    // The version that was published here is the one that the next counts on, whatever others have published since.
    program.answers['GET /roster'] = { body: { version: 7 } }
    await publish()
    expect(program.asked.at(-1)?.body).toMatchObject({ basedOn: 4 })
    // A desk that has started over knows nothing of it.
    program.answers['GET /roster'] = { status: 404, body: { code: 'NO_ROSTER', detail: 'There is none.' } }
    await publish()
    expect(program.asked.at(-1)?.body).toMatchObject({ basedOn: 0 })
    await publish('--based-on', '2')
    expect(program.asked.at(-1)?.body).toMatchObject({ basedOn: 2 })
    const same = { version: 4, changes: [], warnings: [], unchanged: true }
    program.answers['POST /roster'] = { status: 200, body: same }
    expect(await publish()).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^Nothing was published: .*r\.yaml is roster version 4, which is in force\.\n$/,
      ),
    })
  })
})

test('made-up orders are printed without sending them', async () => {
  const { code, out } = await holdpoint('orders', 'generate', '--count', '3', '--seed', '5', '--dry-run')
  expect(code).toBe(0)
  expect(JSON.parse(out).length).toBeGreaterThanOrEqual(3)
  expect(await holdpoint('orders', 'generate', '--count', '3', '--seed', '5', '--dry-run')).toMatchObject({
    out,
  })
})

test('the status says which lane of which service waits, for what and since when', async () => {
  const since = '2026-03-02T08:58:00.000Z'
  const why = 'Version 9 has not arrived from policy.versions.v1 yet.'
  const waitsFor = [`lane 3, which has waited since ${since}: ${why}`]
  const waitingLanes = [{ lane: 3, why, since }]
  program.answers['GET /router/readyz'] = {
    status: 503,
    body: { status: 'not ready', waitsFor, waitingLanes },
  }
  mkdirSync(join(program.folder, '.holdpoint', 'local'), { recursive: true })
  const endpoints = { services: { router: `${program.url}/router` } }
  program.write(join('.holdpoint', 'local', 'endpoints.json'), JSON.stringify(endpoints))
  const { code, out } = await holdpoint('status', '--kafka', '127.0.0.1:1')
  expect(code).toBe(1)
  expect(out).toMatch(/router +✗ not ready, waits for lane 3, which has waited since/)
  expect(out).toMatch(/waiting +lane 3 of router, since 2026-03-02 \d\d:58: Version 9 has not arrived/)
  const json = JSON.parse((await holdpoint('status', '--kafka', '127.0.0.1:1', '--json')).out)
  expect(json.answering).toContainEqual({
    what: 'router',
    where: `${program.url}/router`,
    answers: true,
    waitsFor,
    waitingLanes: [{ service: 'router', lane: 3, why, since }],
  })
})

test('the status counts apart what was stopped here and what its source has cancelled', async () => {
  const counts = { orders: 9, proceeded: 4, held: 2, stopped: 1, cancelled: 2 }
  program.answers['GET /desk/readyz'] = { body: { status: 'ready' } }
  program.answers['GET /desk/summary'] = { body: { ...counts, cases: {}, deadLetters: {} } }
  const { out } = await holdpoint('status', '--kafka', '127.0.0.1:1', '--desk', `${program.url}/desk`)
  expect(out).toMatch(/orders +9: 4 proceed, 2 held, 1 stopped, 2 cancelled\n/)
})

test('the status says what does not answer, with exit code 1', async () => {
  const nowhere = [
    '--kafka',
    '127.0.0.1:1',
    '--registry',
    'http://127.0.0.1:1',
    '--intake',
    'http://127.0.0.1:1',
  ]
  const { code, out } = await holdpoint('status', ...nowhere, '--desk', 'http://127.0.0.1:1')
  expect(code).toBe(1)
  expect(out.match(/does not answer/g)).toHaveLength(4)
})

test('roster check says what changes and who comes on duty, against the roster in force or a file', async () => {
  const rosterOf = (people: string) => `zone: Europe/London
people:
  - { subject: ann, name: Ann Moore, roles: [support] }
  - { subject: bob, name: Bob Lane, roles: [support] }
rotas:
  support: { hand-over: "09:00", turn: 1 week, starts: 2026-01-05, people: ${people} }
`
  const file = program.write('roster.yaml', rosterOf('[bob]'))
  const duty = /On duty for support now: Bob Lane, not Ann Moore/
  program.answers['GET /roster'] = { body: { version: 1, text: rosterOf('[ann, bob]') } }
  expect(await holdpoint('roster', 'check', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(duty),
  })
  program.answers = {}
  expect((await holdpoint('roster', 'check', file)).out).toBe('No errors, 0 warning(s).\n')
  const old = program.write('old.yaml', rosterOf('[ann, bob]'))
  expect((await holdpoint('roster', 'check', file, '--against', old)).out).toMatch(duty)
  expect(await holdpoint('roster', 'check', file, '--desk', 'http://127.0.0.1:1')).toMatchObject({ code: 0 })
})

test('words that did not come in UTF-8 are used wrongly: no reason says U+FFFD', async () => {
  const { code, err } = await holdpoint('cases', 'note', 'C-1', '--as', 'sam', '--reason', 'M\uFFFDller')
  expect(code).toBe(2)
  expect(err).toBe('"M\uFFFDller" did not come in UTF-8. Set the terminal to UTF-8, and type it again.\n')
})
