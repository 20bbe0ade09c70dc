import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import {
  type Command,
  type Findings,
  type PolicyVersion,
  sha256,
  type TimerFired,
  type TopicName,
} from '@holdpoint/schemas'
import { sampleCommand } from '@holdpoint/schemas/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { Company, newOrderId, placed } from './company.ts'
import type { Person } from './person.ts'

/** What a 32-bit number can hold, and what no number of the product reaches. */
const far = 2_147_483_647
const held = { invoicing: 'PROCEED', shipping: 'HOLD' }
const nobody = { subject: 'mallory', name: 'Mallory', roles: [] }

let company: Company
let olga: Person
beforeAll(async () => {
  company = await Company.open()
  olga = await company.as('olga')
}, 480_000)
afterAll(() => company?.close())

const put = (topic: TopicName, key: string, value: unknown, partition?: number) =>
  company.upstream.send(topic, [
    { key, value: value as never, ...(partition === undefined ? {} : { partition }) },
  ])

/** A new order with a case about its address, and the findings that opened it. */
async function heldOrder(): Promise<{ orderId: string; findings: Findings; caseId: string }> {
  const orderId = newOrderId()
  await put('orders.inbound.v1', orderId, placed(orderId))
  await company.decided(orderId, held)
  const [findings] = await company.values('cases.findings.v1', orderId)
  const [opened] = await company.values('cases.events.v1', orderId)
  return { orderId, findings: findings as Findings, caseId: opened?.caseId ?? '' }
}

/** The router goes on with the order: its next revision is decided on. */
async function goesOn({
  orderId,
  findings: { order },
}: {
  orderId: string
  findings: Findings
}): Promise<void> {
  const event = {
    eventId: `${orderId}-next`,
    kind: 'CHANGED',
    order: { ...order, salesperson: 'simon' },
  } as const
  await put('orders.inbound.v1', orderId, placed(orderId, event))
  await company.revised(orderId, 2, held)
}

const refusals = async (orderId: string, atLeast = 1) =>
  (await company.values('router.dlq.v1', orderId, atLeast)).map(({ code, problems }) => [
    code,
    problems.map(({ path }) => path).join(),
  ])

const readyz = async () => {
  const response = await fetch(`${company.services.urlOf('router')}/readyz`)
  const { waitsFor, waitingLanes } = (await response.json()) as {
    waitsFor: string[]
    waitingLanes: { lane: number; why: string; since: string }[]
  }
  return { status: response.status, waitsFor, waitingLanes }
}

describe('numbers that cannot be', () => {
  test.each([far, 0, -1])(
    'findings by policy version %d are kept, and the order goes on',
    async (policyVersion) => {
      const held = await heldOrder()
      const { orderId, findings } = held
      await put('cases.findings.v1', orderId, { ...findings, revision: 2, policyVersion })
      expect(await refusals(orderId)).toEqual([['INVALID', '']])
      await goesOn(held)
    },
  )

  test('a command that names a roster which cannot be is kept, and the next one is answered', async () => {
    const { orderId, caseId, findings } = await heldOrder()
    const { digest } = findings
    const command: Command = sampleCommand({
      commandId: `${orderId}-1`,
      orderId,
      caseId,
      action: 'APPROVE',
      actor: nobody,
      digest,
    })
    await put('desk.commands.v1', orderId, { ...command, rosterVersion: far })
    await put('desk.commands.v1', orderId, { ...command, commandId: `${orderId}-2`, rosterVersion: -1 })
    expect(await refusals(orderId)).toEqual([['INVALID', '']])
    await until('the other command is refused', () =>
      company.seen('cases.events.v1', orderId).some(({ value }) => value?.commandId === `${orderId}-2`),
    )
  })

  test('revisions that nobody counted up to, or that are not as their digests say, are kept', async () => {
    const held = await heldOrder()
    const { orderId, findings } = held
    const forged = { ...findings, revision: 2, order: { ...findings.order, currency: 'USD' } }
    for (const value of [{ ...findings, revision: far }, { ...findings, revision: -1 }, forged])
      await put('cases.findings.v1', orderId, value)
    expect(await refusals(orderId, 3)).toEqual([
      ['INVALID', 'revision'],
      ['INVALID', 'revision'],
      ['INVALID', 'digest'],
    ])
    await goesOn(held)
  })

  test('a fire before its time is kept, and the case stays with its owner', async () => {
    const { orderId, caseId } = await heldOrder()
    const [opened] = await company.values('cases.events.v1', orderId)
    const { clock } = opened ?? {}
    const fire: TimerFired = {
      timerId: `${caseId}:deadline`,
      orderId,
      caseId,
      kind: 'DEADLINE',
      version: clock?.version ?? 0,
      dueAt: clock?.deadline ?? 0,
      firedAt: clock?.deadline ?? 0,
    }
    await put('timers.fired.v1', orderId, { ...fire, dueAt: Date.now() - 1, firedAt: Date.now() })
    await put('timers.fired.v1', orderId, fire)
    await put('timers.fired.v1', orderId, { ...fire, version: far })
    expect(await refusals(orderId, 3)).toEqual([
      ['INVALID', 'dueAt'],
      ['INVALID', 'firedAt'],
      ['INVALID', 'version,firedAt'],
    ])
    expect((await olga.show(caseId)).events.map(({ type }) => type)).not.toContain('ESCALATED')
  })

  test('a correction that no case can have authorised changes nothing', async () => {
    const { orderId, caseId, findings } = await heldOrder()
    const correction = {
      correctionId: `${caseId}:${far}9`,
      orderId,
      caseId,
      requestId: '',
      settlement: 'NONE',
      corrections: [{ path: 'shipping.country', expected: 'FR', value: 'GB' }],
      by: nobody,
      reason: 'Because.',
      digest: findings.digest,
      at: Date.now(),
    }
    await put('orders.corrections.v1', orderId, correction)
    const [letter] = await company.values('orders.inbound.v1.dlq', orderId)
    expect(letter).toMatchObject({ code: 'INVALID', topic: 'orders.corrections.v1' })
    expect(company.seen('orders.revisions.v1', orderId)).toHaveLength(1)
  })
})

describe('published versions that do not hold', () => {
  test('count for nobody: the last good policy stays, and the next one is published', async () => {
    const { version, text } = await olga.get<{ version: number; text: string }>('/policy')
    const about = { title: 'Forged', changes: [], by: nobody, reason: '', at: Date.now() }
    const record = (number: number, own: Partial<PolicyVersion> = {}) => {
      const value = { version: number, text, digest: sha256(text), ...about, ...own }
      return put('policy.versions.v1', String(number), value)
    }
    await record(far)
    await record(-1)
    await record(version + 2, { digest: 'x' })
    await put('policy.versions.v1', 'one', { version: version + 2, text, digest: sha256(text), ...about })
    // Somebody who may write the topic publishes what nobody can read: the number is taken, the policy is not.
    await record(version + 1, { text: 'title: [', digest: sha256('title: [') })
    await until('the unreadable version is listed', async () => {
      const { versions } = await olga.get<{ versions: { version: number }[] }>('/policy/versions')
      return versions[0]?.version === version + 1
    })
    expect(await olga.get('/policy')).toMatchObject({ version })
    expect(await company.publishPolicy((sample) => `${sample}\n# another\n`)).toBe(version + 2)
    await heldOrder()
  })

  test('count for nobody: the last good roster stays, and people act by it', async () => {
    const { version, text } = await olga.get<{ version: number; text: string }>('/roster')
    const about = { changes: [], by: nobody, reason: '', at: Date.now() }
    const record = (number: number, said: string) =>
      put('duty.roster.v1', String(number), { version: number, text: said, digest: sha256(said), ...about })
    await record(far, text)
    await record(version + 1, 'people: [')
    await until('the unreadable version is listed', async () => {
      const { versions } = await olga.get<{ versions: { version: number }[] }>('/roster/versions')
      return versions[0]?.version === version + 1
    })
    const { caseId } = await heldOrder()
    const sam = await company.as('sam')
    expect(await sam.act(caseId, 'approve')).toMatchObject({ status: 200 })
    expect(await olga.post('/roster', { text, reason: 'Once more' })).toMatchObject({ version: version + 2 })
  })
})

test('a lane that waits is told by /readyz, a metric and the status, and ends its wait', async () => {
  const { orderId, caseId, findings } = await heldOrder()
  const { version } = await olga.get<{ version: number }>('/roster')
  const { digest } = findings
  const command = sampleCommand({
    commandId: `${orderId}-1`,
    orderId,
    caseId,
    action: 'APPROVE',
    actor: nobody,
    digest,
  })
  await put('desk.commands.v1', orderId, { ...command, rosterVersion: version + 1 })

  const [waiting] = await until('/readyz names the lane', async () => {
    const { waitingLanes } = await readyz()
    return waitingLanes.length > 0 ? waitingLanes : undefined
  })
  expect(waiting?.why).toBe(`Version ${version + 1} has not arrived from duty.roster.v1 yet.`)
  expect((await readyz()).status).toBe(200)
  const metrics = await (await fetch(`${company.services.urlOf('router')}/metrics`)).text()
  expect(metrics).toMatch(
    new RegExp(`holdpoint_lane_waiting_seconds{partition="${waiting?.lane}",service="router"}`),
  )
  expect(await statusText()).toContain(`lane ${waiting?.lane} of router, since`)

  await until('the router is not ready', async () => (await readyz()).status === 503, { withinMs: 90_000 })
  expect((await readyz()).waitsFor[0]).toContain(`lane ${waiting?.lane}, which has waited since`)
  expect(await statusText()).toMatch(/router +✗ not ready, waits for lane/)

  const [letter] = await until(
    'the command is a dead letter',
    () => {
      const letters = company.seen('router.dlq.v1', orderId).flatMap(({ value }) => value ?? [])
      return letters.length > 0 ? letters : undefined
    },
    { withinMs: 90_000 },
  )
  expect(letter).toMatchObject({ code: 'INVALID', topic: 'desk.commands.v1' })
  expect(letter?.problems[0]?.message).toContain('It was waited for 90 seconds in vain')
  await until('the router is ready again', async () => (await readyz()).status === 200)
  await goesOn({ orderId, findings })
}, 240_000)

/** What `holdpoint status` says of the stack. */
function statusText(): Promise<string> {
  const { services } = company
  const bin = join(repository, 'services', 'cli', 'bin', 'holdpoint.mjs')
  const env = {
    ...process.env,
    KAFKA_BROKERS: services.servers.kafkaBrokers,
    SCHEMA_REGISTRY_URL: services.servers.schemaRegistryUrl,
    DESK_URL: services.deskUrl,
    INTAKE_URL: services.intakeUrl,
    HOLDPOINT_SERVICES: `router=${services.urlOf('router')}`,
  }
  return new Promise((resolve) =>
    execFile(process.execPath, [bin, 'status'], { env }, (_error, stdout) => resolve(stdout)),
  )
}
