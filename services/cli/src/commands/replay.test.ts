import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

let program: ProgramForTests
beforeEach(async () => {
  program = await ProgramForTests.start()
  program.answers['POST /session'] = { body: { token: 'a token' } }
})
afterEach(() => program.stop())

const record = { topic: 'orders.inbound.v1', partition: 2, offset: 1187, orderId: 'SO-1', service: 'intake' }
const letter = { topic: 'orders.inbound.v1.dlq', partition: 2, offset: 3 }
const why = ['--as', 'olga', '--reason', 'The schema is there now']
const asked = () => program.asked.filter(({ path }) => path.startsWith('/dead-letters'))

test('one dead letter is sent through its service once more, and it is said what became of it', async () => {
  const path = '/dead-letters/orders.inbound.v1/2/1187/replay'
  program.answers[`POST ${path}`] = { status: 202, body: { replays: [record], notSent: [], left: 0 } }
  const { code, out } = await program.run('dlq', 'replay', 'orders.inbound.v1', '2', '1187', ...why)
  expect(code).toBe(0)
  expect(out).toContain('orders.inbound.v1 2 1187  sent to intake again, order SO-1')
  expect(asked()).toMatchObject([{ path, body: { reason: 'The schema is there now', again: false } }])
  await program.run('dlq', 'replay', 'orders.inbound.v1', '2', '1187', ...why, '--again')
  expect(asked()[1]?.body).toMatchObject({ again: true })
})

test('all of a code are sent, page by page, and those that no service could take are named', async () => {
  const pages = [
    { replays: [record], notSent: [{ letter, why: 'No order.' }], left: 1 },
    { replays: [{ ...record, offset: 1188 }], notSent: [{ letter, why: 'No order.' }], left: 0 },
  ]
  Object.defineProperty(program.answers, 'POST /dead-letters/replay', {
    get: () => ({ status: 202, body: pages.shift() }),
  })
  const { code, out } = await program.run('dlq', 'replay', '--all', '--code', 'INVALID', ...why)
  expect(code).toBe(1)
  expect(out.split('\n').slice(0, 3)).toEqual([
    'orders.inbound.v1 2 1187  sent to intake again, order SO-1',
    'orders.inbound.v1 2 1188  sent to intake again, order SO-1',
    'orders.inbound.v1.dlq 2 3  not sent: No order.',
  ])
})

test.each([
  [['--all'], /--all needs --code/],
  [['--all', '--code', 'INVALID', 'orders.inbound.v1', '2', '1187'], /not both/],
  [['--all', '--code', 'INVALID', '--again'], /--again is for one dead letter/],
  [['orders.inbound.v1', '2'], /by topic, partition and offset/],
  [['orders.inbound.v1', '2', '1187', '--code', 'INVALID'], /choose among --all/],
])('%j is refused before anything is asked', async (args, message) => {
  const { code, err } = await program.run('dlq', 'replay', ...args, ...why)
  expect([code, err]).toEqual([2, expect.stringMatching(message)])
  expect(program.asked).toEqual([])
})

test('a dead letter shows when it was replayed, by whom and why, and what became of it', async () => {
  const replay = {
    by: { name: 'Olga Reyes' },
    reason: 'Try it',
    at: '2026-03-02T08:00:00Z',
    refusedAgain: letter,
  }
  const problems = [{ path: 'key', message: 'is missing' }]
  const one = { ...record, letter, code: 'INVALID', problems, at: '2026-03-02T07:00:00Z', attempt: 0, replay }
  program.answers['GET /dead-letters'] = { body: { deadLetters: [one], next: null, total: 1 } }
  const { out } = await program.run('dlq', 'list')
  expect(out).toMatch(/^intake {2}SO-1 {2}.* INVALID: key is missing/)
  expect(out).toMatch(/replayed .* by Olga Reyes: Try it; refused again, see orders\.inbound\.v1\.dlq 2 3/)
})
