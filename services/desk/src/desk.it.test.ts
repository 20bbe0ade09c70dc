import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { toJson } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { rosterText } from './testing/messages.ts'

type Json = Record<string, unknown>
interface OrderJson extends Json {
  digest: string
  verdicts: { stage: string; verdict: string }[]
  cases: { caseId: string; type: string; status: string }[]
}

let services: TestServices

beforeAll(async () => {
  services = await startTestServices({
    only: ['intake', 'classifier', 'router', 'desk'],
    // Every start of the desk drops its read model and builds it from the topics.
    env: { DESK_REBUILD: 'true' },
  })
  await publishSamples()
}, 120_000)
afterAll(() => services?.stop())

test('a large order is held, decided at the desk, and goes on; a crash and a rebuild show the same', async () => {
  const orderId = await placeLargeOrder()
  const held = await order(orderId, (seen) => verdict(seen, 'shipping') === 'HOLD')
  const caseId = held.cases.find(({ type }) => type === 'large-order')?.caseId ?? ''

  const approve = { action: 'approve', reason: 'Customer called back', digest: held.digest }
  expect(await act('sam', caseId, approve)).toMatchObject({ status: 409, code: 'NOT_OWNER' })
  expect(await act('fiona', caseId, { ...approve, digest: 'another' })).toMatchObject({ code: 'STALE_VIEW' })
  expect(await act('fiona', caseId, { ...approve, reason: '' })).toMatchObject({ code: 'REASON_MISSING' })
  const key = randomUUID()
  const done = await act('fiona', caseId, approve, key)
  expect(done).toMatchObject({
    commandId: key,
    status: 'done',
    case: { status: 'CLOSED', outcome: 'APPROVED' },
  })
  expect(await act('fiona', caseId, approve, key)).toEqual(done)
  expect(await act('fiona', caseId, approve)).toMatchObject({ status: 409, code: 'CASE_CLOSED' })

  await order(orderId, (seen) => verdict(seen, 'shipping') === 'PROCEED')
  const events = async () => (await api('GET', `/cases/${caseId}`)).events as Json[]
  // What the desk could refuse by itself has left nothing behind; whether a view is stale only the router knows.
  expect(await refusals(events)).toMatchObject([{ refused: { code: 'STALE_VIEW' } }])
  const before = await api('GET', `/orders/${orderId}`)
  await services.kill('desk')
  await services.start('desk')
  expect(await api('GET', `/orders/${orderId}`)).toEqual(before)
  expect(await api('GET', `/commands/${key}`, { headers: await signedIn('fiona') })).toEqual(done)
}, 120_000)

async function refusals(events: () => Promise<Json[]>): Promise<Json[]> {
  return (await events()).filter(({ type }) => type === 'REFUSED')
}

async function publishSamples(): Promise<void> {
  const publisher = ((await api('GET', '/people')).people as { subject: string; roles: string[] }[]).find(
    ({ roles }) => roles.includes('order-manager'),
  )
  const headers = await signedIn(publisher?.subject ?? '')
  const roles = {
    sam: ['support'],
    fiona: ['finance'],
    carl: ['controller'],
    olga: ['order-manager'],
    sally: ['sales'],
    wanda: ['warehouse-lead'],
  }
  const people = Object.entries(roles).map(([subject, some]) => ({
    subject,
    name: subject,
    email: '',
    roles: some,
  }))
  const text = await readFile(
    new URL('../../../infra/samples/wholesaler.policy.yaml', import.meta.url),
    'utf8',
  )
  if ((await api('GET', '/policy')).text !== text)
    expect(await api('POST', '/policy', { body: { text, reason: 'test' }, headers })).toHaveProperty(
      'version',
    )
  const roster = { text: rosterText(people), reason: 'test' }
  expect(await api('POST', '/roster', { body: roster, headers })).toHaveProperty('version')
}

async function placeLargeOrder(): Promise<string> {
  const orderId = `SO-${randomUUID()}`
  const plain = sampleOrder()
  const order = {
    ...plain,
    lines: plain.lines.map((line) => ({ ...line, quantity: '4000' })),
    customer: { ...plain.customer, language: 'en' },
  }
  const event = toJson('orders.inbound.v1', {
    eventId: 'e-1',
    source: 'desk-test',
    orderId,
    occurredAt: Date.now(),
    sequence: null,
    kind: 'PLACED',
    order,
    request: null,
    stage: '',
    facts: {},
  })
  const response = await fetch(`${services.intakeUrl}/v1/orders/${orderId}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  })
  expect(response.status).toBe(202)
  return orderId
}

async function act(subject: string, caseId: string, body: Json, key: string = randomUUID()): Promise<Json> {
  const headers = { ...(await signedIn(subject)), 'idempotency-key': key }
  const answer = await api('POST', `/cases/${caseId}/actions`, { body, headers })
  if (answer.status !== 'pending') return answer
  return until(`an answer to ${key}`, async () => {
    const later = await api('GET', `/commands/${key}`, { headers })
    return later.status === 'pending' ? undefined : later
  })
}

function order(orderId: string, fits: (seen: OrderJson) => boolean): Promise<OrderJson> {
  return until(`order ${orderId} as expected`, async () => {
    const seen = (await api('GET', `/orders/${orderId}`)) as OrderJson
    return seen.verdicts && fits(seen) ? seen : undefined
  })
}

function verdict(seen: OrderJson, stage: string): string | undefined {
  return seen.verdicts.find((one) => one.stage === stage)?.verdict
}

async function signedIn(subject: string): Promise<Record<string, string>> {
  const { token } = await api('POST', '/session', { body: { subject } })
  return { authorization: `Bearer ${token}` }
}

async function api(
  method: string,
  path: string,
  { body, headers }: { body?: Json; headers?: Record<string, string> } = {},
): Promise<Json> {
  const response = await fetch(`${services.deskUrl}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return (await response.json()) as Json
}
