import type { TrailView } from '@holdpoint/desk-contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

let program: ProgramForTests
beforeEach(async () => {
  program = await ProgramForTests.start()
})
afterEach(() => program.stop())

const view: TrailView = {
  orderId: 'SO-1',
  steps: [
    {
      at: '2026-03-02T09:00:00.000Z',
      kind: 'case',
      who: '',
      text: 'The case “Wrong address” was opened for support.',
      details: ['It holds shipping.'],
      caseId: 'C-1',
      policyVersion: 3,
      records: [{ topic: 'cases.events.v1', partition: 2, offset: 17, sha256: 'ab'.repeat(32) }],
    },
  ],
  stops: [
    {
      stage: 'shipping',
      from: '2026-03-02T09:00:00.000Z',
      to: null,
      ms: 3_600_000,
      caseIds: ['C-1'],
      shares: [
        { whose: 'closed', who: '', ms: 600_000 },
        { whose: 'somebody', who: 'Sam Okafor', ms: 3_000_000 },
      ],
    },
  ],
}

test('the story is told in sentences, with where it stopped and whose time that was', async () => {
  program.answers['GET /orders/SO-1/trail'] = { body: view }
  const { code, out } = await program.run('trail', 'SO-1')
  expect(code).toBe(0)
  expect(out).toContain(
    'The case “Wrong address” was opened for support.\n                  It holds shipping.\n',
  )
  expect(out).toContain(
    'for 1 h, and still does: 50 min Sam Okafor had it; 10 min whoever decides had closed\n',
  )
  expect(out).not.toContain('cases.events.v1')
})

test('each line can be unfolded to its records', async () => {
  program.answers['GET /orders/SO-1/trail'] = { body: view }
  const { out } = await program.run('trail', 'SO-1', '--records')
  expect(out).toContain(`· cases.events.v1:2:17  sha256 ${'ab'.repeat(32)}, policy version 3\n`)
  expect(JSON.parse((await program.run('trail', 'SO-1', '--json')).out)).toEqual(view)
})

test.each(['2', 'a:b', '1:2:3:4', 'orders.decisions.v1:x:1'])(
  '%s is neither an entry nor a record',
  async (what) => {
    const { code, err } = await program.run('audit', 'prove', what)
    expect([code, err]).toEqual([2, expect.stringContaining('neither an entry')])
  },
)
