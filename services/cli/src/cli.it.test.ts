import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CaseSummary, DeadLetter, OrderView } from '@holdpoint/desk-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices } from '../../../test/harness/index.ts'

const bin = join(import.meta.dirname, '..', 'bin', 'holdpoint.mjs')
const samples = join(import.meta.dirname, '..', '..', '..', 'infra', 'samples')
const tag = randomUUID().slice(0, 8)

let services: TestServices
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-cli-'))
  services = await startTestServices({ only: ['intake', 'classifier', 'router', 'audit', 'desk'] })
  await publishSamples()
}, 120_000)
afterAll(async () => {
  await services?.stop()
  rmSync(folder, { recursive: true })
})

test('a request and a wrong address on one order, settled and cleared by commands alone', async () => {
  const orderId = `SO-${tag}`
  await done('orders', 'send', story('1-place.json', orderId), '--wait')
  await done('orders', 'send', story('2-ask-terms.json', orderId), '--wait', '--http')
  const terms = await caseOf(orderId, 'billing-terms')
  const address = await caseOf(orderId, 'address-country')

  expect((await holdpoint('cases', 'show', terms)).out).toContain('request.kind = billing-terms')
  await done('cases', 'show', address)
  const correct = ['--as', 'sam', '--reason', 'checked by phone', '--set', 'shipping.country=GB']
  expect((await done('cases', 'correct', address, ...correct)).out).toContain('closed, corrected')
  await seen(orderId, (order) => order.revision === 3)

  const approve = ['cases', 'approve', terms, '--reason', 'agreed', '--as']
  expect(await holdpoint(...approve, 'sam')).toMatchObject({
    code: 1,
    err: expect.stringContaining('NOT_OWNER'),
  })
  // Fiona was shown revision 2.
  expect(await holdpoint(...approve, 'fiona')).toMatchObject({
    code: 1,
    err: expect.stringContaining('STALE_VIEW'),
  })
  await done('cases', 'show', terms)
  expect((await done(...approve, 'fiona')).out).toContain('closed, approved')

  // Both have held the order, so that the order owner releases it as a whole.
  const { cases } = await seen(
    orderId,
    ({ revision, cases }) => revision === 4 && cases.some(({ type }) => type === 'clearance'),
  )
  const clearance = cases.find(({ type }) => type === 'clearance')?.caseId ?? ''
  const clear = ['--as', 'olga', '--reason', 'both are as they should be', '--yes']
  expect((await done('cases', 'clear', clearance, ...clear)).out).toContain('closed, cleared')

  const order = await seen(orderId, ({ verdicts }) => verdicts.every(({ verdict }) => verdict === 'PROCEED'))
  expect(order.order).toMatchObject({ billing: { terms: 'NET60' }, shipping: { country: 'GB' } })
  const { out } = await done(
    'decisions',
    'follow',
    '--order',
    orderId,
    '--from-start',
    '--count',
    '5',
    '--json',
  )
  const decisions = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(decisions.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
}, 120_000)

test('invoices are imported, decided and counted; again, nothing changes', async () => {
  const file = join(folder, 'invoices.csv')
  const line = (number: string, more: string) => `${number}${tag},10121,Enamel mug,${more}`
  const lines = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    line('1', '6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom'),
    line('2', '6,2010-12-01 08:28:00,2.55,,France'),
    line('C3', '-1,2010-12-01 08:30:00,2.55,17850.0,United Kingdom'),
    line('4', 'six,2010-12-01 08:32:00,2.55,17850.0,United Kingdom'),
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  const { code, out, err } = await holdpoint('orders', 'import', file, '--json')
  expect(JSON.parse(out)).toMatchObject({ sent: 3, undecided: 0, bad: [{ invoice: `4${tag}` }] })
  expect(err).toContain(`invoice 4${tag} was not sent: line 5: Quantity "six"`)
  expect(code).toBe(1)
  const france = await seen(`2${tag}`, ({ verdicts }) => verdicts.length > 0)
  expect(france.cases.map(({ type }) => type).toSorted()).toEqual(['abroad', 'no-customer'])
  expect(await seen(`C3${tag}`, ({ cancelled }) => cancelled)).toMatchObject({
    verdicts: [{ verdict: 'STOP' }, {}],
  })
  await holdpoint('orders', 'import', file, '--json')
  expect(await seen(`2${tag}`, () => true)).toEqual(france)
}, 120_000)

test('made-up orders are decided, and their stages reported', async () => {
  const seed = String(1 + Math.floor(Math.random() * 1_000_000))
  const { out } = await done('orders', 'generate', '--count', '12', '--seed', seed, '--json')
  const result = JSON.parse(out)
  expect(result).toMatchObject({ orders: 12, refused: 0 })
  expect(result.stageReports).toBeGreaterThan(0)
}, 120_000)

test('the same event id with other content lies among the dead letters', async () => {
  const orderId = `SO-conflict-${tag}`
  const file = story('1-place.json', orderId)
  await done('orders', 'send', file, '--wait')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"currency": "GBP"', '"currency": "EUR"'))
  const { code, out: told } = await holdpoint('orders', 'send', file, '--wait')
  expect([code, told]).toEqual([1, expect.stringContaining('is a dead letter. CONFLICT: ')])
  const { out } = await done('dlq', 'list', '--service', 'intake', '--limit', '500', '--json')
  const letters = (JSON.parse(out).deadLetters as DeadLetter[]).filter((letter) => letter.orderId === orderId)
  expect(letters).toMatchObject([{ code: 'CONFLICT', topic: 'orders.inbound.v1' }])
  const [{ topic, partition, offset }] = letters as [DeadLetter]
  const shown = await done('dlq', 'show', topic, String(partition), String(offset))
  expect(shown.out).toContain('Original value')
  expect(shown.out).toContain(orderId)
}, 120_000)

test('the trail is proved from the topics and from a copy, and a changed copy is found out', async () => {
  const copy = join(folder, 'trail.copy')
  const pins = join(folder, 'pins.json')
  const first = await holdpoint('audit', 'verify', '--pins', pins)
  expect([first.code, first.out]).toEqual([3, expect.stringContaining(`From now on it is held against`)])
  expect((await done('audit', 'verify', '--pins', pins)).out).toContain('Nothing is wrong with the trail.')
  const fresh = await done('audit', 'verify', '--pins', pins, '--since-known', '--json')
  expect(JSON.parse(fresh.out)).toMatchObject({ verdict: 'PROVED', findings: [] })
  await done('audit', 'export', copy)
  const proved = await done('audit', 'verify', copy, '--at-rest', '--pins', pins, '--json')
  expect(JSON.parse(proved.out)).toMatchObject({ verdict: 'PROVED', heldAgainst: [pins] })
  expect((await holdpoint('audit', 'verify', copy, '--at-rest')).code).toBe(3)

  const before = join(folder, 'before.csv')
  const early = ['--format', 'csv', '--to', '2001-01-01T00:00:00Z']
  expect((await done('audit', 'export', before, ...early)).out).toContain(
    `No signed entry was written before 2001-01-01T00:00:00.000Z: ${before} has none`,
  )
  expect(JSON.parse(readFileSync(`${before}.manifest.json`, 'utf8'))).toMatchObject({ entries: 0, lanes: [] })
  expect((await holdpoint('audit', 'verify', before, '--pins', pins)).code).toBe(3)

  const lines = readFileSync(copy, 'utf8').split('\n')
  const altered = join(folder, 'altered.copy')
  const verdictOn = async (text: string) => {
    writeFileSync(altered, text)
    const { code, out } = await holdpoint('audit', 'verify', altered, '--at-rest', '--against', copy)
    return [code, out]
  }
  expect(await verdictOn(lines.join('\n'))).toEqual([0, expect.stringContaining('Nothing is wrong')])
  expect(await verdictOn(`${lines[0]}\n`)).toEqual([1, expect.stringContaining('CHAIN_MISSING')])
  const at = lines.findIndex((line) => line.startsWith('{"entry":') && line.includes('"who":"fiona"'))
  lines[at] = (lines[at] as string).replace('"who":"fiona"', '"who":"fionb"')
  expect(await verdictOn(lines.join('\n'))).toEqual([1, expect.stringContaining('EDITED')])
}, 120_000)

test('a customer is forgotten: their texts are closed in the trail and gone at the desk, and the trail is proved', async () => {
  const orderId = `SO-forget-${tag}`
  const customer = `C-${tag}`
  const placed = story('1-place.json', orderId)
  writeFileSync(placed, readFileSync(placed, 'utf8').replace('"17850"', `"${customer}"`))
  await done('orders', 'send', placed, '--wait')
  const forget = ['audit', 'forget', customer, '--as', 'olga', '--reason', 'Request 118', '--yes']
  expect(await holdpoint(...forget)).toMatchObject({ code: 1, err: expect.stringContaining('CASES_OPEN') })
  const address = await caseOf(orderId, 'address-country')
  const said = 'Mrs Zebedee rang from Boston'
  const correct = ['--as', 'sam', '--reason', said, '--set', 'shipping.country=GB', '--yes']
  await done('cases', 'correct', address, ...correct)
  await seen(orderId, ({ verdicts }) => verdicts.every(({ verdict }) => verdict === 'PROCEED'))

  const pins = join(folder, 'forget-pins.json')
  await holdpoint('audit', 'verify', '--pins', pins)
  const before = await revealedUntil(orderId, (texts) => texts.some(({ why }) => why === said))
  expect(new Set(before.map(({ state }) => state))).toEqual(new Set(['proved']))
  expect((await done('trail', orderId)).out).toContain(said)

  expect((await done(...forget)).out).toContain(`${orderId}  forgotten`)
  const after = await revealedUntil(orderId, (texts) => texts.every(({ state }) => state === 'forgotten'))
  expect(after.length).toBeGreaterThanOrEqual(before.length)
  const { out } = await done('trail', orderId)
  expect(out).toContain('had the customer of this order forgotten, because “Request 118”')
  expect(out).not.toMatch(/Zebedee|Stump Street|Maya Bell/)
  expect((await done('audit', 'verify', '--pins', pins)).out).toContain('Nothing is wrong with the trail.')
}, 120_000)

test('the command starts with whichever Node comes first', async () => {
  const { code, out } = await holdpoint('--help')
  expect([code, out.includes('Start here')]).toEqual([0, true])
})

interface RevealedText {
  orderId: string
  state: string
  why: string | null
}

interface Finished {
  code: number | null
  out: string
  err: string
}

async function holdpoint(...args: string[]): Promise<Finished> {
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  const { deskUrl, intakeUrl } = services
  const places = { KAFKA_BROKERS: kafkaBrokers, SCHEMA_REGISTRY_URL: schemaRegistryUrl, DESK_URL: deskUrl }
  // By its own first line: the Node of the system, if there is one before the project's.
  const child = spawn(bin, args, {
    env: { PATH: process.env.PATH, ...places, INTAKE_URL: intakeUrl, XDG_CACHE_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return finished(child)
}

async function finished(child: ChildProcess): Promise<Finished> {
  const text = async (stream: ChildProcess['stdout']) =>
    Buffer.concat((await stream?.toArray()) ?? []).toString()
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  )
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

async function done(...args: string[]): Promise<Finished> {
  const result = await holdpoint(...args)
  expect(result, args.join(' ')).toMatchObject({ code: 0 })
  return result
}

async function publishSamples(): Promise<void> {
  const people = JSON.parse((await done('roster', 'show', '--json')).out).people as unknown[]
  const as = people.length > 0 ? 'olga' : 'admin'
  for (const [what, file] of [
    ['policy', 'wholesaler.policy.yaml'],
    ['roster', 'roster.yaml'],
  ] as const)
    await done(what, 'publish', join(samples, file), '--as', as, '--reason', 'for the tests')
}

/** A copy of a sample event for an order of this test's own. */
function story(name: string, orderId: string): string {
  const event = JSON.parse(readFileSync(join(samples, 'story', name), 'utf8'))
  const file = join(folder, `${orderId}-${name}`)
  const own = { ...event, orderId, eventId: `${event.eventId}-${orderId}` }
  if (own.request) own.request.requestId = `terms-${orderId}`
  writeFileSync(file, JSON.stringify(own, null, 1))
  return file
}

/** What was said about an order, as an export tells it in clear, once it is as awaited. The export itself holds no word of it. */
async function revealedUntil(orderId: string, awaited: (texts: RevealedText[]) => boolean) {
  const file = join(folder, `${orderId}.jsonl`)
  let texts: RevealedText[] = []
  await expect
    .poll(
      async () => {
        await done('audit', 'export', file, '--format', 'jsonl', '--reveal')
        const lines = readFileSync(`${file}.revealed.jsonl`, 'utf8').trim().split('\n')
        texts = lines.map((line) => JSON.parse(line)).filter((text) => text.orderId === orderId)
        return texts.length > 0 && awaited(texts)
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(true)
  const sealed = readFileSync(file, 'utf8')
  for (const { why } of texts) if (why) expect(sealed).not.toContain(why)
  return texts
}

async function caseOf(orderId: string, type: string): Promise<string> {
  const { out } = await done('cases', 'list', '--order', orderId, '--type', type, '--json')
  const [found] = JSON.parse(out).cases as CaseSummary[]
  return found?.caseId ?? `no ${type}`
}

/** The order as the desk shows it, once it is as awaited. */
async function seen(orderId: string, awaited: (order: OrderView) => boolean): Promise<OrderView> {
  let last: OrderView | undefined
  await expect
    .poll(
      async () => {
        const { code, out } = await holdpoint('orders', 'show', orderId, '--json')
        last = code === 0 ? (JSON.parse(out) as OrderView) : undefined
        return last !== undefined && awaited(last)
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(true)
  return last as OrderView
}
