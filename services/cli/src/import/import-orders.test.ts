import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { columns } from '@holdpoint/orders/invoices/columns'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

let program: ProgramForTests
beforeEach(async () => {
  program = await ProgramForTests.start()
  const counts = { orders: 3, proceeded: 1, held: 0, stopped: 0, cancelled: 0 }
  const summary = { ...counts, cases: {}, deadLetters: { CONFLICT: 99 } }
  program.answers = {
    'GET /summary': { body: summary },
    'GET /dead-letters': { body: { deadLetters: [], next: null, total: 0 } },
    'GET /orders/': { body: { verdicts: [{}], deadLetters: [] } },
  }
  for (const number of ['1', '2', 'C3'])
    program.answers[`POST /v1/orders/${number}/events`] = { status: 202, body: {} }
})
afterEach(() => program.stop())

const line = (number: string, more: Partial<Record<(typeof columns)[number], string>> = {}) => {
  const values = {
    InvoiceNo: number,
    StockCode: 'A',
    Description: 'a',
    Quantity: '1',
    InvoiceDate: '2010-12-01 08:26',
  }
  return Object.values({ ...values, UnitPrice: '2', CustomerID: '7', Country: 'EIRE', ...more }).join(',')
}
const write = (...lines: string[]) =>
  program.write('invoices.csv', `${[columns.join(','), ...lines].join('\n')}\n`)
const take = (file: string, ...more: string[]) =>
  program.run('orders', 'import', file, '--http', '--intake', program.url, '--no-wait', ...more)
const sent = () =>
  program.asked
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => body as { orderId: string; occurredAt: string })

test('what can be used is sent, the rest is named with its line and reason, and the exit code is 1', async () => {
  const bad = [line('2', { Quantity: 'six' }), `${line('4')},more`]
  const { code, out, err } = await take(write(line('1'), ...bad, line('C3')))
  expect(sent().map(({ orderId }) => orderId)).toEqual(['1', 'C3'])
  expect(out).toMatch(/invoices sent +2\n(.*\n)*invoices not sent +2\n/)
  expect(err).toContain(
    'invoice 2 was not sent: line 3: Quantity "six" is no number with up to four places\n',
  )
  expect(err).toContain('invoice 4 was not sent: line 4: it has 9 columns instead of 8\n')
  expect(code).toBe(1)
})

test('many that could not be sent are counted, and a file takes all of them', async () => {
  const bad = Array.from({ length: 150 }, (_, n) => line(`bad-${n}`, { UnitPrice: 'x' }))
  const problems = join(program.folder, 'problems.txt')
  const { err, out } = await take(write(...bad), '--problems', problems, '--json')
  expect(err.match(/was not sent/g)).toHaveLength(20)
  expect(err).toContain(`130 more were not sent: see ${problems}.`)
  expect(JSON.parse(out)).toMatchObject({ sent: 0, notSent: 150, bad: { length: 100 } })
  expect(readFileSync(problems, 'utf8').trim().split('\n')).toHaveLength(150)
})

test('nothing is sent of a file that is not in its encoding to the end, or whose dates can be read in two ways', async () => {
  const lines = [columns.join(','), line('1'), line('2', { Description: '£' }), '']
  const latin = program.write('latin.csv', Buffer.from(lines.join('\n'), 'latin1'))
  expect(await take(latin)).toMatchObject({
    code: 1,
    err: expect.stringContaining('latin.csv:3:5  error: the byte 0xA3'),
  })
  const dated = write(line('1', { InvoiceDate: '12/1/2010 8:26' }))
  expect(await take(dated)).toMatchObject({
    code: 1,
    err: expect.stringContaining('Say how dates are meant'),
  })
  expect(sent()).toEqual([])
  await take(latin, '--encoding', 'windows-1252')
  expect(sent()).toMatchObject([{}, { order: { lines: [{ description: '£' }] } }])
})

test('dates are read as said, or as the file shows, which is told', async () => {
  const file = write(
    line('1', { InvoiceDate: '12/1/2010 8:26' }),
    line('2', { InvoiceDate: '12/13/2010 8:26' }),
  )
  const { err } = await take(file)
  expect(err).toContain('Dates are read as m/d/y, as line 3 says: 12/13/2010 8:26\n')
  expect(sent()[0]?.occurredAt).toBe('2010-12-01T08:26:00.000Z')
  expect((await take(file, '--dates', 'd/m/y')).err).toContain(
    '"12/13/2010 8:26" is no date and time as d/m/y',
  )
})

test.each([
  ['nothing', '', 'is empty'],
  ['only the line that names the columns', `${columns.join(',')}\n`, 'is empty: it holds no invoices behind'],
])('a file of %s is a wrong use', async (_what, text, words) =>
  expect(await take(program.write('empty.csv', text))).toMatchObject({
    code: 2,
    err: expect.stringContaining(words),
  }),
)

test('only dead letters of its own orders, since it began, are counted', async () => {
  const letter = (orderId: string, offset: number, own: object = {}) => ({
    ...{
      topic: 'orders.inbound.v1',
      partition: 0,
      offset,
      orderId,
      code: 'CONFLICT',
      at: '2026-03-02T09:00:01Z',
    },
    ...own,
  })
  const before = letter('2', 1, { at: '2026-03-01T09:00:00Z' })
  const deadLetters = [letter('2', 9, { code: 'INVALID' }), letter('1', 8), letter('other', 7), before]
  program.answers['GET /dead-letters'] = { body: { deadLetters, next: null, total: 4 } }
  const waiting = ['--http', '--intake', program.url, '--json']
  const { code, out } = await program.run(
    'orders',
    'import',
    write(line('1'), line('2'), line('C3')),
    ...waiting,
  )
  expect(JSON.parse(out)).toMatchObject({ deadLetters: { CONFLICT: 1, INVALID: 1 }, undecided: 0 })
  expect(code).toBe(0)
})
