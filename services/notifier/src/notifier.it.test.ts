import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, connect } from '@holdpoint/chassis'
import type { NoticeOutcome, NoticeRequest } from '@holdpoint/schemas'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { sampleNotice } from './testing/sample-notice.ts'

let services: TestServices
let kafka: Connection
const outcomes: (NoticeOutcome | null)[] = []

beforeAll(async () => {
  services = await startTestServices({ only: ['notifier'] })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  await kafka.follow({
    topics: ['notices.outcomes.v1'],
    from: () => 0,
    onBatch: async (_topic, _partition, records) => void outcomes.push(...records.map((one) => one.value)),
  })
})

afterAll(async () => {
  await kafka?.stop()
  await services?.stop()
})

/** Asks for a notice as the router does, and gives what became of it. */
async function ask(change: Partial<NoticeRequest> = {}): Promise<NoticeOutcome> {
  const noticeId = `N-${randomUUID()}`
  const notice = sampleNotice({ noticeId, orderId: `SO-${noticeId}`, ...change })
  const publisher = await kafka.publisher()
  await publisher.send('notices.requested.v1', [{ key: notice.orderId, value: notice }])
  return until('the outcome', () => outcomes.find((one) => one?.noticeId === noticeId))
}

test('a notice becomes a mail in the folder and the outcome SENT', async () => {
  const outcome = await ask()
  const messageId = `<${outcome.noticeId}.1@localhost>`
  expect(outcome).toMatchObject({ status: 'SENT', messageId })
  expect(outcome.detail).toBe(`${outcome.noticeId}.eml`)
  expect(await PostalMime.parse(await readFile(join(services.mailDir, outcome.detail)))).toMatchObject({
    messageId,
    subject: 'About your order SO-1041',
    to: [{ address: 'mara.lindqvist@example.com' }],
  })
})

test('a notice that cannot be rendered fails for good, and the next one goes out', async () => {
  expect(await ask({ body: '{{ nobody }}' })).toMatchObject({ status: 'FAILED', permanent: true })
  expect(await ask()).toMatchObject({ status: 'SENT' })
})
