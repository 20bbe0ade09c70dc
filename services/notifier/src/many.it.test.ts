import type { AddressInfo } from 'node:net'
import { type Connection, connect, type Publisher } from '@holdpoint/chassis'
import type { NoticeOutcome } from '@holdpoint/schemas'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { sampleNotice } from './testing/sample-notice.ts'

let services: TestServices
let kafka: Connection
let publisher: Publisher
let server: SMTPServer
const outcomes = new Map<string, NoticeOutcome[]>()
/** When the mail of a notice was taken, each time. */
const taken = new Map<string, number[]>()

/** Of 1,000 addresses so many fail: 50 in all. What an address does stands before its @. */
const failing: [does: string, of1000: number][] = [
  ['nobody', 25],
  ['full', 15],
  ['busy', 5],
  ['hang', 5],
]

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const refuse = (text: string, responseCode: number) =>
        done(Object.assign(new Error(text), { responseCode }))
      if (address.startsWith('nobody')) return refuse('No such mailbox', 550)
      if (address.startsWith('full')) return refuse('Mailbox is full', 452)
      if (address.startsWith('busy')) return refuse('Too many for this one', 421)
      if (!address.startsWith('hang')) done()
    },
    onData(stream, session, done) {
      const [noticeId = ''] = session.envelope.rcptTo.map(({ address }) => address.split('@')[0])
      stream.resume().on('end', () => {
        taken.set(noticeId, [...(taken.get(noticeId) ?? []), performance.now()])
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  services = await startTestServices({
    only: ['notifier'],
    env: { SMTP_URL, MAIL_FROM: 'orders@shop.example' },
  })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  publisher = await kafka.publisher()
  await kafka.follow({
    topics: ['notices.outcomes.v1'],
    from: () => 'end',
    onBatch: async (_topic, _partition, records) => {
      for (const { value } of records)
        if (value) outcomes.set(value.noticeId, [...(outcomes.get(value.noticeId) ?? []), value])
    },
  })
})

afterAll(async () => {
  await kafka?.stop()
  await services?.stop()
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
})

const perTick = 30

/** Asks for these notices at 300 a second, and gives when each was asked for. */
async function askFor(noticeIds: readonly string[]): Promise<Map<string, number>> {
  const askedAt = new Map<string, number>()
  const began = performance.now()
  for (let i = 0; i < noticeIds.length; i += perTick) {
    const due = began + (i / perTick) * 100
    await new Promise((resolve) => setTimeout(resolve, Math.max(due - performance.now(), 0)))
    const records = noticeIds.slice(i, i + perTick).map((noticeId) => {
      askedAt.set(noticeId, performance.now())
      const orderId = `SO-${noticeId}`
      return {
        key: orderId,
        value: sampleNotice({ noticeId, orderId, to: `${noticeId}@shop.example`, at: Date.now() }),
      }
    })
    await publisher.send('notices.requested.v1', records)
  }
  return askedAt
}

/** How long 99 of 100 of these mails took at most, from being asked for to being taken, milliseconds. */
function p99(askedAt: ReadonlyMap<string, number>, noticeIds: readonly string[]): number {
  const times = noticeIds.map((id) => (taken.get(id)?.[0] ?? Number.NaN) - (askedAt.get(id) ?? 0))
  return Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN)
}

test('of 10,000 mails, 5 % to addresses that fail or hang, each healthy one arrives once and in good time', async () => {
  // A process that has just started is slower.
  const arrived = (ids: readonly string[]) =>
    until('every outcome', () => ids.every((id) => outcomes.has(id)), { withinMs: 120_000 })
  const first = Array.from({ length: 600 }, (_, i) => `first-${i}`)
  await askFor(first)
  await arrived(first)
  const undisturbed = Array.from({ length: 1_500 }, (_, i) => `alone-${i}`)
  const alone = await askFor(undisturbed)
  await arrived(undisturbed)

  const kinds = failing.flatMap(([does, count]) => Array<string>(count).fill(does))
  // Spread evenly: every 20th address fails.
  const noticeIds = Array.from({ length: 10_000 }, (_, i) =>
    i % 20 === 0 ? `${kinds[((i / 20) * 7) % kinds.length]}-${i}` : `fine-${i}`,
  )
  const healthy = noticeIds.filter((id) => id.startsWith('fine'))
  const among = await askFor(noticeIds)
  await arrived(noticeIds)

  expect(healthy).toHaveLength(9_500)
  for (const id of noticeIds) {
    const status = id.startsWith('fine') ? 'SENT' : 'FAILED'
    const permanent = id.startsWith('nobody')
    expect(outcomes.get(id)).toMatchObject([{ noticeId: id, status, permanent }])
    expect(taken.get(id)?.length ?? 0).toBe(status === 'SENT' ? 1 : 0)
  }
  const [before, after] = [p99(alone, undisturbed), p99(among, healthy)]
  process.stdout.write(`p99 of healthy mails: ${before} ms alone, ${after} ms among failing ones\n`)
  // One that hangs takes 10 s, and there are 50: whoever waited behind them would need longer than this.
  expect(after).toBeLessThan(5_000)
}, 240_000)

test('a notifier that is stopped and started while mails are under way sends none twice and loses none', async () => {
  const noticeIds = Array.from({ length: 1_500 }, (_, i) => (i % 300 === 150 ? `hang-b-${i}` : `b-${i}`))
  const asking = askFor(noticeIds)
  await until('some mails', () => noticeIds.some((id) => taken.has(id)))
  await services.restart('notifier')
  await asking
  await until('every outcome', () => noticeIds.every((id) => outcomes.has(id)), { withinMs: 60_000 })
  for (const id of noticeIds) {
    expect(outcomes.get(id)).toHaveLength(1)
    expect(taken.get(id)?.length ?? 0).toBe(id.startsWith('hang') ? 0 : 1)
  }
}, 120_000)
