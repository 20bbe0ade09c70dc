import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { paragraph, sampleNotice, writtenNotice } from '../../../testing/sample-notice.ts'
import { TimeLimits } from '../../../time-limits.ts'
import type { Mail } from '../mail.ts'
import { mailFrom } from '../testing/mail-from.ts'
import { smtpWayOut } from './smtp.ts'

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

function wayOutTo(url: string, withinMs = 5_000, pauseMs = 0, limits = new TimeLimits()) {
  const wayOut = smtpWayOut({ url, withinMs, limits, pauseMs })
  closing.unshift(() => wayOut.stop())
  return wayOut
}

function sampleMail(change: Parameters<typeof sampleNotice>[0] = {}): Mail {
  return mailFrom(sampleNotice(change))
}

function refusal(message: string, responseCode: number) {
  return Object.assign(new Error(message), { responseCode })
}

test('a mail arrives with its text, its sender and its Message-ID', async () => {
  const { url, taken } = await smtpServer()
  const delivered = await wayOutTo(url).deliver(sampleMail({ toName: 'Åsa Öberg', language: 'sv' }))
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
  expect(await wayOutTo(url).deliver(mail)).toMatchObject({ sent: true })
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
  expect(await wayOutTo(url).deliver(sampleMail())).toEqual({
    sent: false,
    permanent: true,
    detail: expect.stringContaining('No such mailbox'),
  })
})

test('a recipient that cannot take mail now is a failure that a repeat can help', async () => {
  const { url } = await smtpServer({
    onRcptTo: (_to, _session, done) => done(refusal('Mailbox is full', 452)),
  })
  expect(await wayOutTo(url).deliver(sampleMail())).toEqual({
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
  expect(await wayOutTo(url).deliver(sampleMail())).toMatchObject({ sent: false, permanent: true })
})

test('a refused login points to the settings and may be repeated', async () => {
  const { url } = await smtpServer({
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, undefined),
  })
  const delivered = await wayOutTo(url.replace('//', '//user:wrong@')).deliver(sampleMail())
  expect(delivered).toEqual({ sent: false, permanent: false, detail: expect.stringContaining('SMTP_URL') })
  expect(delivered.detail).not.toContain('wrong')
})

test('a server that is not there fails the next mails at once until the pause is over', async () => {
  const { url, taken } = await smtpServer()
  const gone = await silentServer(() => {})
  const wayOut = wayOutTo(gone.url, 5_000, 60_000)
  await gone.close()
  expect(await wayOut.deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  const server = await silentServer((socket) => socket.end('421 busy\r\n'), gone.port)
  expect(await wayOut.deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(server.connections()).toBe(0)
  expect(await wayOutTo(url).deliver(sampleMail())).toMatchObject({ sent: true })
  expect(taken).toHaveLength(1)
})

test('after the pause the server is tried again', async () => {
  const gone = await silentServer(() => {})
  await gone.close()
  const wayOut = wayOutTo(gone.url, 5_000, 1)
  expect(await wayOut.deliver(sampleMail())).toMatchObject({ sent: false })
  const server = await silentServer((socket) => socket.end('421 busy\r\n'), gone.port)
  await expect
    .poll(async () => (await wayOut.deliver(sampleMail())).sent || server.connections())
    .toBeGreaterThan(0)
})

test('a server that never greets costs no more than the time limit', async () => {
  const { url } = await silentServer(() => {})
  const began = performance.now()
  expect(await wayOutTo(url, 400).deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('a server that answers drop by drop costs no more than the time limit', async () => {
  const { url } = await silentServer((socket) => {
    const drip = setInterval(() => socket.write('220-still here\r\n'), 50)
    socket.on('close', () => clearInterval(drip)).on('error', () => {})
  })
  const began = performance.now()
  expect(await wayOutTo(url, 400).deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(performance.now() - began).toBeLessThan(2_000)
})

test('a message in parts arrives as text and as a page, threaded by its order, with who writes and where answers go', async () => {
  const { url, taken } = await smtpServer()
  expect(await wayOutTo(url).deliver(mailFrom(writtenNotice()))).toMatchObject({ sent: true })
  const read = await PostalMime.parse(taken[0]?.bytes ?? '')
  expect(read.from).toMatchObject({
    name: 'Tarn & Fell "Wholesale" Ltd',
    address: 'orders@wholesaler.example',
  })
  expect(read.replyTo).toMatchObject([{ address: 'orders@tarn-fell.example' }])
  expect(read.text).toContain('> Is it Boston, Lincolnshire?')
  expect(read.html).toContain('we need to know &lt;one thing&gt; &amp; no more.<br>')
  expect(read.inReplyTo).toBe('<order-0e65b53177175ae65027552e.customer@wholesaler.example>')
  const header = (key: string) => read.headers.find((one) => one.key === key)?.value
  expect(header('references')).toBe(read.inReplyTo)
  expect(header('list-id')).toContain('<orders.wholesaler.example>')
  expect(header('auto-submitted')).toBe('auto-generated')
  expect(header('x-holdpoint-notice')).toBe('U08tMTA0MQ N-7ZK2M4Q9XA 1 seal')
})

test('a line that looks like the end of a part ends none', async () => {
  const { url, taken } = await smtpServer()
  const wayOut = wayOutTo(url)
  await wayOut.deliver(mailFrom(writtenNotice()))
  const boundary = /boundary="([^"]+)"/.exec(String(taken[0]?.bytes))?.[1]
  const text = `before\n--${boundary}--\n--${boundary}\nContent-Type: text/html\n\nevil`
  await wayOut.deliver(mailFrom(writtenNotice({ paragraphs: [paragraph('TEXT', text)] })))
  const read = await PostalMime.parse(taken[1]?.bytes ?? '')
  expect(read.text?.trim()).toBe(text)
  expect(read.attachments).toEqual([])
})

test.each(['訂', 'ж', 'ש', '👩‍👩‍👧‍👦', 'x'])('a subject of 300 times %s arrives whole', async (character) => {
  const { url, taken } = await smtpServer()
  const subject = character.repeat(300)
  await wayOutTo(url).deliver(mailFrom(writtenNotice({ subject })))
  expect((await PostalMime.parse(taken[0]?.bytes ?? '')).subject).toBe(subject)
  expect(
    Math.max(
      ...String(taken[0]?.bytes)
        .split('\r\n')
        .map((line) => line.length),
    ),
  ).toBeLessThan(999)
})

test('an international address is written to where the server can, with a name in quotes', async () => {
  const { url, taken } = await smtpServer()
  const mail = sampleMail({ to: 'møller@blåbærgrød.example', toName: 'Møller "the berry", Åsa' })
  expect(await wayOutTo(url).deliver(mail)).toMatchObject({ sent: true })
  expect(taken[0]?.recipients).toEqual(['møller@blåbærgrød.example'])
  const read = await PostalMime.parse(taken[0]?.bytes ?? '')
  expect(read.to).toMatchObject([{ name: 'Møller "the berry", Åsa', address: 'møller@blåbærgrød.example' }])
})

test('an international address that the server cannot write to is a permanent failure that says so', async () => {
  const { url } = await smtpServer({
    hideSMTPUTF8: true,
    onRcptTo: (_to, _session, done) => done(refusal('5.6.7 needs SMTPUTF8', 553)),
  })
  const delivered = await wayOutTo(url).deliver(sampleMail({ to: 'møller@example.com' }))
  expect(delivered).toEqual({
    sent: false,
    permanent: true,
    detail: expect.stringContaining('SMTPUTF8'),
  })
})

test('one address that hangs, or for which the server is busy, delays and fails no other', async () => {
  const { url, taken } = await smtpServer({
    onRcptTo({ address }, _session, done) {
      if (address.startsWith('hang')) return
      if (address.startsWith('busy')) return done(refusal('Too many for this one', 421))
      done()
    },
  })
  const wayOut = wayOutTo(url, 1_000, 60_000)
  const to = (address: string) =>
    wayOut.deliver(sampleMail({ to: `${address}@example.com`, noticeId: address }))
  const slow = ['hang-1', 'hang-2', 'busy-1'].map(to)
  const began = performance.now()
  const healthy = await Promise.all(Array.from({ length: 100 }, (_, i) => to(`a-${i}`)))
  expect(performance.now() - began).toBeLessThan(900)
  expect(healthy.filter(({ sent }) => !sent)).toEqual([])
  expect(taken).toHaveLength(100)
  expect(await Promise.all(slow)).toMatchObject([
    { permanent: false, detail: 'The mail server did not answer in time.' },
    { permanent: false, detail: 'The mail server did not answer in time.' },
    { permanent: false, detail: expect.stringContaining('Too many') },
  ])
  expect(await to('after')).toMatchObject({ sent: true })
})

test('when the process is to stop, a mail that hangs ends soon and has an outcome', async () => {
  const { url } = await silentServer((socket) => socket.write('220 here\r\n'))
  const limits = new TimeLimits()
  const began = performance.now()
  const delivering = wayOutTo(url, 20_000, 0, limits).deliver(sampleMail())
  limits.hurry()
  expect(await delivering).toMatchObject({ sent: false, permanent: false })
  expect(performance.now() - began).toBeLessThan(4_000)
})

test('a connection that is lost behind the text is one attempt, and no mail is sent twice by it', async () => {
  let texts = 0
  const { url } = await silentServer((socket) => {
    socket.write('220 here\r\n')
    let isText = false
    socket.on('data', (bytes) => {
      const said = String(bytes)
      if (isText && said.includes('\r\n.\r\n')) {
        texts++
        return socket.destroy()
      }
      if (isText) return
      isText = said.startsWith('DATA')
      socket.write(isText ? '354 go on\r\n' : '250 yes\r\n')
    })
  })
  const wayOut = wayOutTo(url)
  expect(await wayOut.deliver(sampleMail())).toMatchObject({ sent: false, permanent: false })
  expect(await wayOut.deliver(sampleMail({ noticeId: 'N-2' }))).toMatchObject({
    sent: false,
    permanent: false,
  })
  expect(texts).toBe(2)
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
