import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ProgramForTests } from './program-for-tests.ts'

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
