import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { sampleNotice } from '../../../testing/sample-notice.ts'
import { type Mail, mailOf } from '../mail.ts'
import { smtpDelivery } from './smtp.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A real SMTP server on a free port, and what it took. */
async function smtpServer(options: SMTPServerOptions = {}) {
  const taken: { bytes: Buffer; recipients: string[] }[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    async onData(stream, session, done) {
      const bytes = await buffer(stream)
      taken.push({ bytes, recipients: session.envelope.rcptTo.map((one) => one.address) })
      done()
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, taken }
}

function deliveryTo(url: string, withinMs = 5_000, pauseMs = 0) {
  const delivery = smtpDelivery({ url, withinMs, pauseMs })
  closing.unshift(() => delivery.stop())
  return delivery
}

function sampleMail(change: Parameters<typeof sampleNotice>[0] = {}): Mail {
  const composed = mailOf(sampleNotice(change), { name: 'Holdpoint', address: 'orders@wholesaler.example' })
  if (!('mail' in composed)) throw new Error(composed.problem)
  return composed.mail
}

function refusal(message: string, responseCode: number) {
  return Object.assign(new Error(message), { responseCode })
}

test('a mail arrives with its text, its sender and its Message-ID', async () => {
  const { url, taken } = await smtpServer()
  const delivered = await deliveryTo(url).deliver(sampleMail({ toName: 'Åsa Öberg', language: 'sv' }))
  expect(delivered).toEqual({ sent: true, detail: expect.stringMatching(/^250 /) })
  expect(taken).toHaveLength(1)
  expect(taken[0]?.recipients).toEqual(['mara.lindqvist@example.com'])
  const read = await PostalMime.parse(taken[0]?.bytes ?? '')
  expect(read.from).toMatchObject({ name: 'Holdpoint', address: 'orders@wholesaler.example' })
  expect(read.to).toMatchObject([{ name: 'Åsa Öberg', address: 'mara.lindqvist@example.com' }])
  expect(read.messageId).toBe('<N-7ZK2M4Q9XA.1@wholesaler.example>')
  expect(read.text).toContain('we are looking at the payment terms of order SO-1041')
})

test('values with line breaks cannot start a header or another recipient', async () => {
  const { url, taken } = await smtpServer()
  const evil = 'x\r\nBcc: everyone@example.com\r\n\r\nbody'
  const mail = sampleMail({
    toName: evil,
    language: evil,
    data: { 'order.id': evil, 'customer.name': '', 'case.due': '' },
  })
  expect(await deliveryTo(url).deliver(mail)).toMatchObject({ sent: true })
  expect(taken[0]?.recipients).toEqual(['mara.lindqvist@example.com'])
  const read = await PostalMime.parse(taken[0]?.bytes ?? '')
  expect(read.bcc ?? []).toEqual([])
  expect(read.headers.map((one) => one.key)).not.toContain('bcc')
  expect(read.subject).toBe('About your order x Bcc: everyone@example.com body')
})

test('a recipient that does not exist is a permanent failure with the answer of the server', async () => {
  const { url } = await smtpServer({
    onRcptTo: (_to, _session, done) => done(refusal('No such mailbox', 550)),
  })
  expect(await deliveryTo(url).deliver(sampleMail())).toEqual({
    sent: false,
    permanent: true,
    detail: expect.stringContaining('No such mailbox'),
  })
})

test('a recipient that cannot take mail now is a failure that a repeat can help', async () => {
  const { url } = await smtpServer({
    onRcptTo: (_to, _session, done) => done(refusal('Mailbox is full', 452)),
  })
  expect(await deliveryTo(url).deliver(sampleMail())).toEqual({
    sent: false,
    permanent: false,
    detail: expect.stringContaining('Mailbox is full'),
  })
})

test('a text that the server refuses is a permanent failure', async () => {
  const { url } = await smtpServer({
    onData(stream, _session, done) {
      stream.resume().on('end', () => done(refusal('Looks like spam', 554)))
    },
  })
  expect(await deliveryTo(url).deliver(sampleMail())).toMatchObject({ sent: false, permanent: true })
})

test('a refused login points to the settings and may be repeated', async () => {
  const { url } = await smtpServer({
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, undefined),
  })
  const delivered = await deliveryTo(url.replace('//', '//user:wrong@')).deliver(sampleMail())
  expect(delivered).toEqual({ sent: false, permanent: false, detail: expect.stringContaining('SMTP_URL') })
  expect(delivered.detail).not.toContain('wrong')
})

test('a server that is not there fails the next mails at once until the pause is over', async () => {
  const { url, taken } = await smtpServer()
  const gone = await silentServer(() => {})
  const delivery = deliveryTo(gone.url, 5_000, 60_000)
  await gone.close()
  expect(await delivery.deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  const server = await silentServer((socket) => socket.end('421 busy\r\n'), gone.port)
  expect(await delivery.deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(server.connections()).toBe(0)
  expect(await deliveryTo(url).deliver(sampleMail())).toMatchObject({ sent: true })
  expect(taken).toHaveLength(1)
})

test('after the pause the server is tried again', async () => {
  const gone = await silentServer(() => {})
  await gone.close()
  const delivery = deliveryTo(gone.url, 5_000, 1)
  expect(await delivery.deliver(sampleMail())).toMatchObject({ sent: false })
  const server = await silentServer((socket) => socket.end('421 busy\r\n'), gone.port)
  await expect
    .poll(async () => (await delivery.deliver(sampleMail())).sent || server.connections())
    .toBeGreaterThan(0)
})

test('a server that never greets costs no more than the time limit', async () => {
  const { url } = await silentServer(() => {})
  const began = performance.now()
  expect(await deliveryTo(url, 400).deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('a server that answers drop by drop costs no more than the time limit', async () => {
  const { url } = await silentServer((socket) => {
    const drip = setInterval(() => socket.write('220-still here\r\n'), 50)
    socket.on('close', () => clearInterval(drip)).on('error', () => {})
  })
  const began = performance.now()
  expect(await deliveryTo(url, 400).deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(performance.now() - began).toBeLessThan(2_000)
})

/** A TCP server that speaks only what `onSocket` writes. */
async function silentServer(onSocket: (socket: Socket) => void, onPort = 0) {
  const sockets = new Set<Socket>()
  let connections = 0
  const server: Server = createServer((socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  closing.push(close)
  return { url: `smtp://127.0.0.1:${port}`, port, close, connections: () => connections }
}
