import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

let program: ProgramForTests
beforeEach(async () => {
  program = await ProgramForTests.start()
  program.answers['POST /session'] = { body: { token: 'T' } }
  program.answers['POST /forgets'] = { body: { orders: ['SO-1', 'SO-2'], erased: true } }
})
afterEach(() => program.stop())

const forget = (...args: string[]) =>
  program.run('audit', 'forget', 'C-7', '--as', 'olga', '--reason', 'Request 118', ...args)
const asked = () => program.asked.filter(({ path }) => path === '/forgets').map(({ body }) => body)
const body = { customerId: 'C-7', orders: [], reason: 'Request 118' }

test('nothing is forgotten until a person has said yes to the very orders', async () => {
  program.typed = 'n'
  const no = await forget()
  expect([no.code, no.err]).toEqual([1, expect.stringContaining('Nothing was forgotten.')])
  expect(asked()).toEqual([{ ...body, dryRun: true }])
  program.typed = 'y'
  const yes = await forget()
  expect([yes.code, yes.out]).toEqual([0, expect.stringContaining('SO-1  forgotten\nSO-2  forgotten\n')])
  expect(asked().at(-1)).toEqual({ ...body, dryRun: false })
})

test('where nobody can be asked it says what it would be, and --yes does it', async () => {
  const { code, err } = await forget()
  expect([code, err]).toEqual([1, expect.stringContaining('2 orders (SO-1, SO-2)')])
  expect(asked()).toEqual([{ ...body, dryRun: true }])
  const done = await forget('--yes', '--order', 'SO-1', '--order', 'SO-2')
  expect(done.code).toBe(0)
  expect(asked().at(-1)).toEqual({ ...body, orders: ['SO-1', 'SO-2'], dryRun: false })
})

test('what the desk refuses is told in its words', async () => {
  program.answers['POST /forgets'] = {
    status: 409,
    body: { code: 'CASES_OPEN', detail: 'Close these first.' },
  }
  const { code, err } = await forget('--yes')
  expect([code, err]).toEqual([1, expect.stringContaining('CASES_OPEN: Close these first.')])
})

test('no reason, nothing done', async () => {
  const { code } = await program.run('audit', 'forget', 'C-7', '--as', 'olga', '--yes')
  expect([code, asked()]).toEqual([2, []])
})
