import { createPublicKey, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { readAnswerLink } from '@holdpoint/answer-links'
import { type Connection, connect } from '@holdpoint/chassis'
import type { NoticeBounce, NoticeOutcome, NoticeRequest } from '@holdpoint/schemas'
import PostalMime from 'postal-mime'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { reportOf } from './bounces/testing/report.ts'
import { paragraph, sampleNotice, writtenNotice } from './testing/sample-notice.ts'

let services: TestServices
let kafka: Connection
let folder: string
const outcomes: (NoticeOutcome | null)[] = []
const bounces: (NoticeBounce | null)[] = []
/** What the targets got: a real receiver on this machine. */
const posted: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
const receiver = createServer(async (request, response) => {
  posted.push({ path: request.url ?? '', headers: request.headers, body: String(await buffer(request)) })
  response.end('ok')
})
const key = Buffer.alloc(32, 9).toString('base64')

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-notifier-'))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const here = { private: true, insecure: true }
  await writeFile(
    join(folder, 'targets.json'),
    JSON.stringify({
      'finance-chat': { kind: 'slack', url: `${url}/slack-s3cret`, ...here },
      'support-chat': { kind: 'teams', url: `${url}/teams-s3cret`, ...here },
      erp: { kind: 'webhook', url: `${url}/erp-s3cret`, secret: `whsec_${key}`, ...here },
      careless: { kind: 'slack', url: `${url}/careless`, insecure: true },
    }),
  )
  const env = {
    TARGETS_FILE: join(folder, 'targets.json'),
    ANSWER_KEY_FILE: join(folder, 'answer-key.pem'),
    BOUNCE_DIR: join(folder, 'bounces'),
  }
  services = await startTestServices({ only: ['notifier'], env })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  await kafka.follow({
    topics: ['notices.outcomes.v1', 'notices.bounces.v1'],
    from: () => 0,
    onBatch: async (topic, _partition, records) => {
      for (const { value } of records)
        if (topic === 'notices.outcomes.v1') outcomes.push(value as NoticeOutcome)
        else bounces.push(value as NoticeBounce)
    },
  })
})

afterAll(async () => {
  await kafka?.stop()
  await services?.stop()
  await new Promise((resolve) => receiver.close(resolve))
  if (folder) await rm(folder, { recursive: true })
})

/** Asks for a notice as the router does, and gives what became of it. */
async function ask(change: Partial<NoticeRequest> = {}): Promise<NoticeOutcome> {
  const noticeId = `N-${randomUUID()}`
  const notice = sampleNotice({ noticeId, orderId: `SO-${noticeId}`, ...change })
  const publisher = await kafka.publisher()
  await publisher.send('notices.requested.v1', [{ key: notice.orderId, value: notice }])
  return until('the outcome', () => outcomes.find((one) => one?.noticeId === notice.noticeId))
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

test('a message in parts is a mail whose link to answer holds, and the public key lies beside the private one', async () => {
  const expiry = Date.now() + 60_000
  const outcome = await ask({ ...writtenNotice(), ...ownIds(), paragraphs: answerable(expiry) })
  const mail = await PostalMime.parse(await readFile(join(services.mailDir, outcome.detail)))
  expect(mail.from).toMatchObject({ name: 'Tarn & Fell "Wholesale" Ltd' })
  const url = /href="([^"]+)"/.exec(mail.html ?? '')?.[1] ?? ''
  expect(url).toContain(`${services.deskUrl}/answer/`)
  expect(mail.text).toContain(url)
  const publicKey = createPublicKey(await readFile(join(folder, 'answer-key.public.pem')))
  expect(readAnswerLink(url.split('/answer/')[1] ?? '', [publicKey], Date.now())).toEqual({
    link: { orderId: outcome.orderId, caseId: 'C-1', questionId: 'Q-1', until: expiry, language: 'en' },
  })
})

test('a message to a chat is posted there, for Slack and for Teams', async () => {
  const slack = await ask({ ...writtenNotice(), ...ownIds(), channel: 'CHAT', to: 'finance-chat' })
  expect(slack).toMatchObject({ status: 'SENT', detail: 'finance-chat answered 200.' })
  const teams = await ask({ ...writtenNotice(), ...ownIds(), channel: 'CHAT', to: 'support-chat' })
  expect(teams).toMatchObject({ status: 'SENT' })
  const bodyAt = (path: string) => JSON.parse(posted.find((one) => one.path === path)?.body ?? '{}')
  expect(bodyAt('/slack-s3cret').blocks[0].text.text).toBe('A question about your order SO-1041')
  expect(bodyAt('/teams-s3cret').attachments[0].content.type).toBe('AdaptiveCard')
})

test('a message to another system is signed, and its outcome has the id by which a repeat is told', async () => {
  const outcome = await ask({ ...writtenNotice(), ...ownIds(), channel: 'WEBHOOK', to: 'erp' })
  expect(outcome).toMatchObject({ status: 'SENT', messageId: outcome.noticeId })
  const { headers, body } = posted.find((one) => one.path === '/erp-s3cret') ?? { headers: {}, body: '' }
  expect(new Webhook(key).verify(body, headers as Record<string, string>)).toMatchObject({
    data: { noticeId: outcome.noticeId },
  })
})

test('a target that nobody declared private is not called on this machine', async () => {
  const outcome = await ask({ ...writtenNotice(), ...ownIds(), channel: 'CHAT', to: 'careless' })
  expect(outcome).toMatchObject({
    status: 'FAILED',
    permanent: true,
    detail: expect.stringContaining('private'),
  })
  expect(posted.map(({ path }) => path)).not.toContain('/careless')
})

test('what goes to the desk is shown there, and nothing leaves the house', async () => {
  const before = posted.length
  expect(await ask({ ...writtenNotice(), ...ownIds(), channel: 'DESK', to: '' })).toMatchObject({
    status: 'SENT',
    detail: 'Shown at the desk.',
  })
  expect(posted).toHaveLength(before)
})

test('a mail that comes back hours later is told of, with its order and its notice', async () => {
  const { noticeId, orderId, detail } = await ask({ ...writtenNotice(), ...ownIds() })
  const [headers = ''] = String(await readFile(join(services.mailDir, detail))).split('\r\n\r\n')
  await until('the folder', () => existsSync(join(folder, 'bounces', 'new')))
  await writeFile(join(folder, 'bounces', 'tmp', '1.mail'), reportOf(headers.replaceAll('\r\n', '\n')))
  await rename(join(folder, 'bounces', 'tmp', '1.mail'), join(folder, 'bounces', 'new', '1.mail'))
  const bounce = await until('the bounce', () => bounces.find((one) => one?.noticeId === noticeId))
  expect(bounce).toMatchObject({ orderId, attempt: 1, permanent: true, status: '5.1.1' })
})

test('no address of a target and no key stands in an outcome or in the log', async () => {
  const log = await readFile(join(services.logDir, 'notifier.log'), 'utf8')
  for (const text of [log, JSON.stringify(outcomes)]) {
    expect(text).not.toContain('s3cret')
    expect(text).not.toContain(key)
  }
})

function ownIds() {
  const noticeId = `N-${randomUUID()}`
  return { noticeId, orderId: `SO-${noticeId}` }
}

function answerable(until: number) {
  return [
    paragraph('TEXT', 'Is it so?'),
    paragraph('ANSWER_LINK', 'Answer', { caseId: 'C-1', questionId: 'Q-1', until }),
  ]
}
