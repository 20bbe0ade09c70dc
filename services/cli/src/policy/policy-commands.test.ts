import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

const samples = join(import.meta.dirname, '..', '..', '..', '..', 'infra', 'samples')
const wholesaler = join(samples, 'wholesaler.policy.yaml')
const place = join(samples, 'story', '1-place.json')
const askTerms = join(samples, 'story', '2-ask-terms.json')

let program: ProgramForTests
const holdpoint = (...args: string[]) => program.run(...args)
const write = (name: string, text: string) => program.write(name, text)
beforeEach(async () => {
  program = await ProgramForTests.start()
})
afterEach(() => program.stop())

describe('policy check', () => {
  test('answers five questions for each exception type, as a table', async () => {
    const { code, out } = await holdpoint('policy', 'check', wholesaler)
    expect(code).toBe(0)
    for (const question of ['One owner?', 'Clear trigger?', 'Settled inside?', 'Customer told?'])
      expect(out).toContain(question)
    expect(out).toContain('29 exception types, no errors, 0 warning(s).')
    expect(out).not.toContain('NO:')
  })

  test('shows what is wrong before the table, and how much it is behind it', async () => {
    const text = readFileSync(wholesaler, 'utf8').replace('owner: finance', 'owner: finanze')
    const { code, out } = await holdpoint('policy', 'check', write('wrong.yaml', text))
    expect(code).toBe(1)
    expect(out).toMatch(/^\S+wrong\.yaml:\d+:\d+ {2}error: .*finanze/)
    expect(out.indexOf('error:')).toBeLessThan(out.indexOf('One owner?'))
    expect(out).toMatch(/\n\d+ error\(s\); this policy cannot be published\.\n$/)
  })

  test('warns of a rule that can never match, with exit code 0', async () => {
    const text = readFileSync(wholesaler, 'utf8').replace(
      'when: lines.total <= 1000 &&',
      'when: lines.total > 2000 && lines.total <= 1000 &&',
    )
    const file = write('never.yaml', text)
    const { code, out } = await holdpoint('policy', 'check', file)
    expect(code).toBe(0)
    expect(out).toMatch(/never\.yaml:\d+:\d+ {2}warning: .*never match/)
  })
})

describe('policy explain', () => {
  test('says for each rule whether it matches, and the values', async () => {
    const { code, out } = await holdpoint(
      ...['policy', 'explain', wholesaler, '--order', place, '--event', askTerms],
    )
    expect(code).toBe(0)
    expect(out).toMatch(/● Billing terms outside the contract \(billing-terms, request .*\): opens a case/)
    expect(out).toContain('what is asked for = billing-terms')
    expect(out).toContain('○ Rush order (rush')
  })

  test('gives the same as JSON', async () => {
    const { out } = await holdpoint('policy', 'explain', wholesaler, '--order', place, '--json')
    const told: { type: string; answer: string }[] = JSON.parse(out)
    expect(told.find(({ type }) => type === 'billing-terms')?.answer).toBe('not-asked')
  })
})

describe('policy due', () => {
  const friday = '2026-03-06T15:30:00Z'

  test('gives the due instant and the receipt', async () => {
    const asked = ['--calendar', 'office', '--from', friday, '--within', '2 working hours']
    const { code, out } = await holdpoint('policy', 'due', wholesaler, ...asked)
    expect(code).toBe(0)
    // An hour on Friday until 16:30, the other on Monday from 09:00.
    expect(JSON.parse(out)).toMatchObject({
      due: '2026-03-09T10:00:00.000Z',
      receipt: [
        { kind: 'ran', from: friday.replace('Z', '.000Z'), to: '2026-03-06T16:30:00.000Z' },
        { kind: 'closed', from: '2026-03-06T16:30:00.000Z', to: '2026-03-09T09:00:00.000Z' },
        { kind: 'ran', from: '2026-03-09T09:00:00.000Z', to: '2026-03-09T10:00:00.000Z' },
      ],
    })
  })

  test('answers a question of each line, calendars in place too, and says which it cannot answer', async () => {
    const always = { zone: 'UTC', open: 'always' }
    program.stdin = [
      JSON.stringify({ calendar: 'office', from: friday, within: '2 working hours' }),
      JSON.stringify({ calendar: always, from: friday, within: '2 hours' }),
      JSON.stringify({ calendar: 'offices', from: friday, within: '2 hours' }),
      '{',
    ]
    const { code, out } = await holdpoint('policy', 'due', wholesaler, '--stdin')
    const [first, second, third, fourth] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first.due).toBe('2026-03-09T10:00:00.000Z')
    expect(second.due).toBe('2026-03-06T17:30:00.000Z')
    expect(third.error.message).toContain('offices')
    expect(fourth.error.message).toContain('JSON')
    expect(code).toBe(1)
  })
})

describe('policy check with a roster', () => {
  test('warns of cases that its owners could not decide, at the line of the field that says so', async () => {
    const text = readFileSync(wholesaler, 'utf8').replace(
      '    owner: finance\n',
      '    owner: finance\n    approvals: 2\n',
    )
    const file = write('two.policy.yaml', text)
    const line = text.slice(0, text.indexOf('approvals: 2')).split('\n').length
    const { code, out } = await holdpoint('policy', 'check', file, '--roster', 'infra/samples/roster.yaml')
    expect(code).toBe(0)
    expect(out).toContain(`${file}:${line}:16  warning: `)
    expect(out).toContain(
      '2 people have to approve, and of finance there is only Fiona Walsh: controller has it at once',
    )
    expect((await holdpoint('policy', 'check', file)).out).not.toContain('have to approve')
  })
})

describe('policy try', () => {
  const lines = () =>
    [...Array(50).keys()]
      .map((n) => {
        const event = { ...JSON.parse(readFileSync(place, 'utf8')), eventId: `E-${n}`, orderId: `SO-${n}` }
        event.order.shipping.country = n < 10 ? 'XX' : 'GB'
        return JSON.stringify(event)
      })
      .join('\n')
  const without = () =>
    write('without.yaml', readFileSync(wholesaler, 'utf8').replace(/^ {2}address-country:\n( {4}.*\n)+/m, ''))

  test('counts what would be caught newly, with orders as examples', async () => {
    const orders = write('orders.jsonl', lines())
    const { code, out } = await holdpoint(
      ...['policy', 'try', wholesaler, '--against', without(), '--orders', orders, '--json'],
    )
    expect(code).toBe(0)
    const { revisions, types } = JSON.parse(out)
    expect(revisions).toBe(50)
    const country = types.find(({ type }: { type: string }) => type === 'address-country')
    expect(country).toMatchObject({ before: 0, after: 10, newlyCaught: 10, noLongerCaught: 0 })
    expect(country.examples.newlyCaught[0]).toMatchObject({ orderId: 'SO-0' })
  })

  test('and what no longer, against the policy in force; from a folder of files', async () => {
    program.answers['GET /policy'] = { body: { version: 1, text: readFileSync(wholesaler, 'utf8') } }
    mkdirSync(join(program.folder, 'orders'))
    write('orders/1.jsonl', lines())
    const { code, out } = await holdpoint(
      ...['policy', 'try', without(), '--orders', join(program.folder, 'orders')],
    )
    expect(code).toBe(0)
    expect(out).toMatch(/no longer in the policy.* 10 +0 +0 +10 +-SO-0/)
    expect(out).toContain('50 revisions judged.')
  })

  test('a wrong event is named by file and line', async () => {
    const orders = write('orders.jsonl', `${lines()}\n{"eventId": "1"}\n`)
    const { code, err } = await holdpoint(
      ...['policy', 'try', wholesaler, '--against', wholesaler, '--orders', orders],
    )
    expect(code).toBe(1)
    expect(err).toContain('orders.jsonl:51')
  })
})

test('versions are listed with who, why and what changed', async () => {
  const by = { subject: 'olga', name: 'Olga Petrova' }
  const one = { version: 1, at: '2026-03-02T09:00:00.000Z', by, reason: 'start', changes: ['First version.'] }
  program.answers['GET /policy/versions'] = {
    body: { versions: [{ ...one, version: 2, changes: ['a', 'b'] }, one] },
  }
  const { code, out } = await holdpoint('policy', 'show', '--versions')
  expect(code).toBe(0)
  expect(out).toMatch(/2 .*Olga Petrova +start +2 changes\n1 .*First version\./)
})

describe('notices preview', () => {
  const preview = (...more: string[]) =>
    holdpoint('notices', 'preview', wholesaler, '--order', place, ...more)

  test('shows every letter of a message, in each language', async () => {
    const { code, out } = await preview('--message', 'address-check')
    expect(code).toBe(0)
    for (const said of [
      'Where shall we send your order SO-1042?',
      'Wohin geht Ihre Bestellung',
      'Où envoyer votre commande',
    ])
      expect(out).toContain(said)
    for (const when of [
      'when it opens',
      'when a promise could not be kept',
      'when it is corrected',
      'when it is stopped',
    ])
      expect(out).toContain(`address-check, ${when} (en)`)
    expect(out).not.toMatch(/\{\{|undefined/)
  })

  test('writes pages where it is told to', async () => {
    const folder = join(program.folder, 'letters')
    const { code } = await preview('--message', 'order-check', '--language', 'de', '--html', folder)
    expect(code).toBe(0)
    const page = readFileSync(join(folder, 'order-check.de.when-it-opens.html'), 'utf8')
    expect(page).toContain('<html lang="de">')
  })

  test('says which messages there are when one is not', async () => {
    const { code, err } = await preview('--message', 'adress-check')
    expect(code).not.toBe(0)
    expect(err).toContain('There is no message "adress-check": ')
  })
})
