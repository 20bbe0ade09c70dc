import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openCsv } from './csv-rows.ts'
import { columns } from './invoices.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdpoint-csv-'))
afterAll(() => rmSync(folder, { recursive: true }))

const text = `\ufeff${columns.join(',')}\r\n1,A,"a ""quoted"", long\nname",2,2010-12-01 08:26:00,1.5,,France\r\n2,B,b,1,2010-12-01 08:26:00,2,7.0,EIRE\r\n`
function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const rows = (path: string) => listOf(openCsv(path).rows)

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

test.each([
  ['plain.csv', text],
  ['packed.csv.gz', gzipSync(text)],
])('%s gives its rows with their lines', async (name, content) => {
  const found = await rows(file(name, content))
  expect(found).toMatchObject([
    { values: { InvoiceNo: '1', Description: 'a "quoted", long\nname', CustomerID: '' } },
    { values: { InvoiceNo: '2', Country: 'EIRE' } },
  ])
  expect(found.at(-1)?.at).toBe(4)
})

test('how much has been read is told in bytes of the file', async () => {
  const csv = openCsv(file('counted.csv', text))
  await listOf(csv.rows)
  expect([csv.read(), csv.size]).toEqual([Buffer.byteLength(text), Buffer.byteLength(text)])
})

test('a file that is not there, or has other columns, is told as wrong use', async () => {
  expect(() => openCsv(join(folder, 'none.csv'))).toThrow('There is no file')
  await expect(rows(file('other.csv', 'a,b\n1,2\n'))).rejects.toThrow(
    /lacks the columns InvoiceNo, .*; it has a, b/,
  )
})

test.each([
  ['cut.csv.gz', gzipSync(text).subarray(0, 60)],
  ['plain.gz', Buffer.from(text)],
  ['short.csv', `${text}3,C\n`],
])('%s cannot be read on', async (name, content) => {
  await expect(rows(file(name, content))).rejects.toMatchObject({ code: 'UNREADABLE_FILE' })
})
