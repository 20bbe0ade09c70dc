import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleNotice, writtenNotice } from '../../../testing/sample-notice.ts'
import { mailFrom } from '../testing/mail-from.ts'
import { mailFolder } from './mail-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-mail-'))
})
afterEach(() => rm(folder, { recursive: true }))

const sampleMail = () => mailFrom(sampleNotice())

test('a mail becomes one file that a mail program can read', async () => {
  const delivered = await mailFolder(folder).deliver(sampleMail())
  const file = join(folder, 'N-7ZK2M4Q9XA.eml')
  expect(delivered).toEqual({ sent: true, detail: 'N-7ZK2M4Q9XA.eml' })
  const read = await PostalMime.parse(await readFile(file))
  expect(read.subject).toBe('About your order SO-1041')
  expect(read.to).toMatchObject([{ name: 'Mara Lindqvist', address: 'mara.lindqvist@example.com' }])
  expect(read.text).toContain('You hear from us by 2026-03-02 17:30.')
  expect(read.html).toBeUndefined()
  expect(read.messageId).toBe('<N-7ZK2M4Q9XA.1@wholesaler.example>')
  expect(read.date).toBe('2026-03-02T15:30:00.000Z')
})

test('a repeat writes the same bytes and leaves no other file behind', async () => {
  const delivery = mailFolder(join(folder, 'made', 'on', 'demand'))
  await delivery.deliver(sampleMail())
  const file = join(folder, 'made', 'on', 'demand', 'N-7ZK2M4Q9XA.eml')
  const bytes = await readFile(file)
  await delivery.deliver(sampleMail())
  expect(await readFile(file)).toEqual(bytes)
  expect(await readdir(join(folder, 'made', 'on', 'demand'))).toEqual(['N-7ZK2M4Q9XA.eml'])
})

test('a message in parts is a file of the same bytes each time, with text and page', async () => {
  const wayOut = mailFolder(folder)
  await wayOut.deliver(mailFrom(writtenNotice()))
  const file = join(folder, 'N-7ZK2M4Q9XA.eml')
  const bytes = await readFile(file)
  await wayOut.deliver(mailFrom(writtenNotice()))
  expect(await readFile(file)).toEqual(bytes)
  const read = await PostalMime.parse(bytes)
  expect(read.text).toContain('Total: £542.52')
  expect(read.html).toContain('<dt dir="auto">Total</dt><dd dir="auto">£542.52</dd>')
})

test('a folder that cannot be written is a failed attempt that a repeat can help', async () => {
  await writeFile(join(folder, 'file'), '')
  const delivered = await mailFolder(join(folder, 'file')).deliver(sampleMail())
  expect(delivered).toEqual({
    sent: false,
    permanent: false,
    detail: expect.stringMatching(/^The mail could not be written: E[A-Z]+\.$/),
  })
  expect(JSON.stringify(delivered)).not.toContain(folder)
})

test('only its owner may read a mail', async () => {
  const made = join(folder, 'made')
  await mailFolder(made).deliver(sampleMail())
  const modes = await Promise.all(
    [made, join(made, 'N-7ZK2M4Q9XA.eml')].map(async (path) => (await stat(path)).mode & 0o777),
  )
  expect(modes).toEqual([0o700, 0o600])
})
