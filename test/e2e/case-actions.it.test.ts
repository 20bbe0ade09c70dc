import { afterAll, beforeAll, expect, test } from 'vitest'
import { Company, newOrderId, storyEvent } from './company.ts'
import type { Person } from './person.ts'

let company: Company
let sam: Person
let suzy: Person
let sally: Person
let olga: Person
beforeAll(async () => {
  company = await Company.open()
  ;[sam, suzy, sally, olga] = (await Promise.all(
    ['sam', 'suzy', 'sally', 'olga'].map((subject) => company.as(subject)),
  )) as [Person, Person, Person, Person]
})
afterAll(() => company?.close())

/** An order whose goods would leave for another country, and the case of support about it. */
async function held(): Promise<{ orderId: string; caseId: string }> {
  const orderId = newOrderId()
  await company.send(orderId, storyEvent('1-place.json'))
  const { caseId } = await sam.openCase(orderId, 'address-country')
  return { orderId, caseId }
}

const done = { status: 200 }
const eventsOf = async (caseId: string) => (await sam.show(caseId)).events.map(({ type }) => type)

test('a case is claimed, talked about, handed on, decided, and opened again', async () => {
  const { orderId, caseId } = await held()
  // The rota decides who of them has it first.
  const { assignee } = (await sam.show(caseId)).case as unknown as { assignee: { subject: string } }
  const [other, name] = assignee.subject === 'sam' ? [suzy, 'suzy'] : [sam, 'sam']
  const claimed = await other.act(caseId, 'claim')
  expect(claimed).toMatchObject({ ...done, body: { case: { assignee: { subject: name } } } })
  expect(await sally.act(caseId, 'note')).toMatchObject({ status: 409, code: 'NOT_INVOLVED' })
  expect(await olga.act(caseId, 'note', { reason: 'They called me, too.' })).toMatchObject(done)
  expect(await other.act(caseId, 'reassign', { to: 'fiona' })).toMatchObject({ code: 'NO_SUCH_PERSON' })
  expect(await other.act(caseId, 'reassign', { to: assignee.subject })).toMatchObject(done)

  const asked = await sam.act(caseId, 'ask', {
    to: 'sales',
    within: '1 working day',
    reason: 'Which Boston?',
  })
  expect(asked).toMatchObject({ ...done, body: { case: { status: 'WAITING', question: { to: 'sales' } } } })
  const corrections = [
    { path: 'shipping.country', expected: 'US', value: 'GB' },
    { path: 'shipping.region', expected: 'MA', value: 'Lincolnshire' },
  ]
  expect(await sally.act(caseId, 'answer', { reason: 'Lincolnshire.', corrections })).toMatchObject(done)
  expect(await sam.act(caseId, 'approve')).toMatchObject({
    ...done,
    body: { case: { outcome: 'CORRECTED' } },
  })
  const last = await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })
  expect(last.order.shipping).toMatchObject({ country: 'GB', region: 'Lincolnshire' })

  expect(await olga.act(caseId, 'reopen', { reason: 'It was the other one.' })).toMatchObject(done)
  await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'HOLD' })
  expect(await sam.act(caseId, 'approve')).toMatchObject(done)
  await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })
  expect((await eventsOf(caseId)).filter((type) => type !== 'REFUSED' && !type.startsWith('NOTICE'))).toEqual(
    [
      'OPENED',
      'ASSIGNED',
      'NOTED',
      'ASSIGNED',
      'ASKED',
      'ANSWERED',
      'CORRECTED',
      'CLOSED',
      'REOPENED',
      'CLOSED',
    ],
  )
  const { receipts } = await sam.get<{ receipts: { pausedMs: number }[] }>(`/cases/${caseId}`)
  expect(receipts).toHaveLength(2)
})

test('a case is raised by hand, and the whole order stopped and taken back', async () => {
  const { orderId, caseId } = await held()
  const raised = await sally.raise(orderId, 'other', 'The customer says it is a birthday present.')
  expect(raised).toMatchObject({ ...done, body: { case: { type: 'other', owner: 'order-manager' } } })
  // Nothing is called back that was released already.
  await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'HOLD' })
  expect(await sam.act(caseId, 'stop', { wholeOrder: true })).toMatchObject(done)
  await company.decided(orderId, { invoicing: 'STOP', shipping: 'STOP' })
  expect(await sam.act(caseId, 'reopen')).toMatchObject(done)
  await company.decided(orderId, { invoicing: 'HOLD', shipping: 'HOLD' })
  const { cases } = await sam.get<{ cases: { status: string }[] }>(`/cases?orderId=${orderId}`)
  expect(cases.map(({ status }) => status)).toEqual(['OPEN', 'OPEN'])
})

test('many cases are decided with one reason, each for itself', async () => {
  const all = await Promise.all([held(), held(), held()])
  const cases = await Promise.all(
    all.map(async ({ caseId }) => ({ caseId, digest: (await sam.show(caseId)).case.digest })),
  )
  const [first] = cases
  await sam.act(first?.caseId ?? '', 'approve')
  const { outcomes } = await sam.post<{ outcomes: { status: string; code: string }[] }>('/cases/actions', {
    action: 'approve',
    reason: 'They have shops there.',
    cases,
  })
  expect(outcomes.map(({ status, code }) => [status, code])).toEqual([
    ['refused', 'CASE_CLOSED'],
    ['done', ''],
    ['done', ''],
  ])
  for (const { orderId } of all) await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })
})

test('of two who decide at the same time one wins, and the other is told what happened', async () => {
  const { caseId } = await held()
  const answers = await Promise.all([sam.act(caseId, 'approve'), suzy.act(caseId, 'stop')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)?.code).toBe('CASE_CLOSED')
})

test('the newest policy moves a running deadline only when its owner says so', async () => {
  const { caseId } = await held()
  const before = (await sam.show(caseId)).case as unknown as { deadline: string }
  await company.publishPolicy((text) =>
    text.replace(/(address-country:.*?answer-within: )1 working day/s, '$13 working days'),
  )
  expect(((await sam.show(caseId)).case as unknown as { deadline: string }).deadline).toBe(before.deadline)
  const moved = await sam.act(caseId, 'replan', { reason: 'We agreed on three days.' })
  expect(moved).toMatchObject(done)
  const after = (moved.body as { case: { deadline: string } }).case.deadline
  expect(Date.parse(after)).toBeGreaterThan(Date.parse(before.deadline))
})
