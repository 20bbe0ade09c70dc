import { generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { compose } from '../channels/email/edge/mail-compose.ts'
import { mailSeal } from '../channels/email/mail-seal.ts'
import { mailFrom } from '../channels/email/testing/mail-from.ts'
import { writtenNotice } from '../testing/sample-notice.ts'
import { bounceOf } from './bounce.ts'
import { reportOf } from './testing/report.ts'

const seal = mailSeal(generateKeyPairSync('ed25519').privateKey)
const composer = createTransport({ streamTransport: true, buffer: true })

/** The headers of a mail as they leave the house. */
async function headersOf(orderId = 'SO-1041', sealedBy = seal): Promise<string> {
  const { message } = await composer.sendMail(
    compose(mailFrom(writtenNotice({ orderId, attempt: 2 }), sealedBy)),
  )
  return (String(message).split(/\r?\n\r?\n/)[0] ?? '').replaceAll('\r\n', '\n')
}

const read = (report: string) => bounceOf(Buffer.from(report), seal, 1_000)

test('a mail that comes back tells its order, its notice and why', async () => {
  const report = reportOf(await headersOf())
  const bounce = await read(report)
  expect(bounce).toEqual({
    bounceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    noticeId: 'N-7ZK2M4Q9XA',
    orderId: 'SO-1041',
    attempt: 2,
    to: 'mara.lindqvist@example.com',
    permanent: true,
    status: '5.1.1',
    detail: '550 5.1.1 No such user here, try elsewhere',
    at: 1_000,
  })
  expect((await read(report))?.bounceId).toBe(bounce?.bounceId)
})

test('an orderId of any script and length comes back as it was, also where a report brings headers alone', async () => {
  for (const orderId of ['Заказ 7/№1', 'é'.repeat(100), 'SO 1'])
    expect(await read(reportOf(await headersOf(orderId), { original: 'text/rfc822-headers' }))).toMatchObject(
      {
        orderId,
      },
    )
})

test('an address that took no mail for days is no permanent one', async () => {
  expect(await read(reportOf(await headersOf(), { status: '4.4.1' }))).toMatchObject({
    permanent: false,
    status: '4.4.1',
  })
})

test.each(['delayed', 'delivered', 'relayed', 'expanded'])(
  'a report that says %s tells of no bounce',
  async (action) => {
    expect(await read(reportOf(await headersOf(), { action }))).toBeUndefined()
  },
)

test('a report about a mail that is not ours, or with a header that somebody made up, tells nothing', async () => {
  const header = await headersOf()
  expect(await read(reportOf('Subject: hello'))).toBeUndefined()
  expect(await read(reportOf(header.replace('N-7ZK2M4Q9XA 2', 'N-7ZK2M4Q9XA 3')))).toBeUndefined()
  const others = mailSeal(generateKeyPairSync('ed25519').privateKey)
  expect(await read(reportOf(await headersOf('SO-1041', others)))).toBeUndefined()
  expect(await read(reportOf(header))).toBeDefined()
})

test.each([
  '',
  'hello',
  'Subject: out of office\r\n\r\nI am away',
  'Content-Type: multipart/report; boundary=x\r\n\r\n--x',
])('a mail that is no report tells nothing: %j', async (text) => {
  expect(await read(text)).toBeUndefined()
})
