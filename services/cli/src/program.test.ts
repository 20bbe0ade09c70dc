import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runProgram } from './program.ts'
import type { World } from './session.ts'

type Asked = { method: string; path: string; headers: Record<string, unknown>; body: unknown }
type Answer = { status?: number; body: unknown }

/** What the desk answers to each method and path; a path that ends with a slash stands for all below it. */
let answers: Record<string, Answer>
let asked: Asked[]
let server: Server
let folder: string

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString()
    const path = (request.url ?? '').replace('/api/v1', '')
    asked.push({
      method: request.method ?? '',
      path,
      headers: request.headers,
      body: text && JSON.parse(text),
    })
    const answer = answerFor(`${request.method} ${path.split('?')[0]}`)
    const { status = 200, body } = answer ?? { status: 404, body: { code: 'NO_SUCH_PATH', detail: path } }
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())
beforeEach(() => {
  asked = []
  answers = {}
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function answerFor(asking: string): Answer | undefined {
  return answers[asking] ?? answers[asking.replace(/[^/]+$/, '')]
}

async function holdpoint(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const world: World = {
    terminal: {
      out: (text) => {
        written.out += text
      },
      err: (text) => {
        written.err += text
      },
      live: false,
      columns: 200,
    },
    folder,
    environment: {
      places: { desk: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
      as: undefined,
      cacheFolder: folder,
    },
    now: () => Date.parse('2026-03-02T09:00:00Z'),
    untilInterrupted: () => new AbortController().signal,
    exitCode: 0,
  }
  return { code: await runProgram(args, world), ...written }
}

const oneCase = {
  caseId: 'C-1',
  orderId: 'SO-1',
  type: 'address-country',
  name: 'Shipping country differs',
  kind: 'CORRECTION',
  status: 'OPEN',
  outcome: 'NONE',
  owner: 'support',
  backup: 'order-manager',
  level: 0,
  decider: 'support',
  deadline: '2026-03-02T10:20:00Z',
  overdue: false,
  openedAt: '2026-03-02T08:00:00Z',
  closedAt: null,
  holds: ['shipping'],
  customerName: 'Stump Street Gifts',
  total: '542.52',
  currency: 'GBP',
  revision: 1,
  rule: 'The countries differ.',
  evidence: [{ expression: 'order.shipping.country', value: 'US' }],
  actions: ['CORRECT', 'STOP'],
  mayCorrect: ['shipping.*'],
  correctUntil: 'shipping',
  requestId: '',
  digest: 'digest-1',
  closedBy: '',
  closedReason: '',
}
const event = {
  sequence: 1,
  caseId: 'C-1',
  type: 'CLOSED',
  actor: { subject: 'sam', name: 'Sam Okafor' },
  reason: 'checked',
  revision: 1,
  at: '2026-03-02T09:00:00Z',
}
const order = { shipping: { city: 'Boston', country: 'US' }, lines: [], placedAt: '2026-03-01T09:00:00.000Z' }
const deskWithCase = () => ({
  'GET /cases': { body: { cases: [oneCase], next: null, total: 1 } },
  'GET /cases/C-1': { body: { case: oneCase, events: [event] } },
  'GET /orders/SO-1': { body: { orderId: 'SO-1', order } },
  'POST /session': { body: { token: 'token-of-sam' } },
  'POST /cases/C-1/actions': {
    body: {
      commandId: 'x',
      status: 'done',
      case: { ...oneCase, status: 'CLOSED', outcome: 'CORRECTED' },
      events: [event],
    },
  },
})
const action = () => asked.find(({ path }) => path === '/cases/C-1/actions')

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
    [['cases', 'list', '--status', 'odd'], 'open, closed, all'],
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

describe('cases', () => {
  beforeEach(() => {
    answers = deskWithCase()
  })

  test('are listed with name, who decides, deadline and customer', async () => {
    const { code, out } = await holdpoint('cases', 'list', '--role', 'support')
    expect(code).toBe(0)
    expect(out).toMatch(
      /C-1 +SO-1 +Shipping country differs +support +in 1 h 20 min +shipping +Stump Street Gifts/,
    )
    expect(asked[0]?.path).toBe('/cases?status=open&role=support&limit=50')
  })

  test('are listed as JSON for machines', async () => {
    const { out } = await holdpoint('--json', 'cases', 'list')
    expect(JSON.parse(out)).toEqual({ cases: [oneCase], total: 1 })
  })

  test('a correction carries the value that it replaces and the digest that was shown', async () => {
    await holdpoint('cases', 'show', 'C-1')
    answers['GET /cases/C-1'] = { body: { case: { ...oneCase, digest: 'digest-2' }, events: [] } }
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

  test('what was never shown is shown before it is decided', async () => {
    const { err } = await holdpoint('cases', 'stop', 'C-1', '--as', 'sam', '--reason', 'x')
    expect(err).toContain('The countries differ.')
    expect(action()?.body).toMatchObject({ action: 'stop', digest: 'digest-1' })
  })

  test('a refusal is told with its code, and has exit code 1', async () => {
    const detail = 'The decision lies with support.'
    answers['POST /cases/C-1/actions'] = { status: 409, body: { code: 'NOT_OWNER', detail } }
    const { code, out, err } = await holdpoint(
      'cases',
      'stop',
      'C-1',
      '--as',
      'fiona',
      '--reason',
      'x',
      '--json',
    )
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(JSON.parse(err)).toEqual({ error: { code: 'NOT_OWNER', message: `NOT_OWNER: ${detail}` } })
  })

  test('an answer that takes longer is asked for by its command', async () => {
    answers['GET /commands/'] = answers['POST /cases/C-1/actions'] as Answer
    answers['POST /cases/C-1/actions'] = { status: 202, body: { commandId: 'x', status: 'pending' } }
    const { code, out } = await holdpoint('cases', 'stop', 'C-1', '--as', 'sam', '--reason', 'x')
    expect([code, out]).toEqual([0, expect.stringContaining('closed, corrected')])
    expect(asked.at(-1)?.path).toBe(`/commands/${action()?.headers['idempotency-key']}`)
  })
})

describe('a desk that is away', () => {
  test('is named, with what to do', async () => {
    const { code, err } = await holdpoint('cases', 'list', '--desk', 'http://127.0.0.1:1')
    expect(code).toBe(1)
    expect(err).toMatch(/does not answer at http:\/\/127\.0\.0\.1:1 .*npm start/)
  })

  test('and so is something else at its address', async () => {
    answers['GET /cases'] = { status: 500, body: 'something' }
    const { code, err } = await holdpoint('cases', 'list')
    expect(code).toBe(1)
    expect(err).toContain('not as a desk does')
  })
})

describe('files', () => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

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
    expect(asked).toEqual([])
  })

  test('a roster is read as YAML and published by a person', async () => {
    answers = {
      'POST /session': { body: { token: 't' } },
      'POST /roster': { status: 201, body: { people: [1] } },
    }
    const file = write('r.yaml', 'people:\n  - { subject: sam, name: Sam, roles: [support] }\n')
    expect((await holdpoint('roster', 'publish', file, '--as', 'olga', '--reason', 'start')).code).toBe(0)
    expect(asked.at(-1)?.body).toEqual({
      people: [{ subject: 'sam', name: 'Sam', roles: ['support'] }],
      reason: 'start',
    })
    expect(
      (await holdpoint('roster', 'publish', write('n.yaml', 'a: 1'), '--as', 'x', '--reason', 'x')).code,
    ).toBe(1)
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
