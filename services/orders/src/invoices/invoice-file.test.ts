import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { packed, type SheetCell, type WorkbookOptions, workbookOf } from '../testing/workbook.ts'
import { columns, type Row } from './columns.ts'
import { openInvoiceFile, orderOfDates } from './invoice-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdpoint-invoices-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function rowsOf(path: string, encoding?: string): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of openInvoiceFile(path, encoding).rows()) rows.push(row)
  return rows
}

const heading = columns.join(',')
const text = `\ufeff${heading}\r\n1,A,"a ""quoted"", long\nname",2,2010-12-01 08:26:00,1.5,,France\r\n2,B,b,1,2010-12-01 08:26:00,2,7.0,EIRE\r\n`
const ofTwo = [
  { values: { InvoiceNo: '1', Description: 'a "quoted", long\nname', CustomerID: '' } },
  { at: 4, values: { InvoiceNo: '2', Country: 'EIRE' } },
]

describe('CSV', () => {
  test.each([
    ['plain.csv', text],
    ['packed.csv.gz', gzipSync(text)],
    ['packed-without-its-name', gzipSync(text)],
    ['utf-16.csv', Buffer.from(text, 'utf16le')],
    ['carriage-returns.csv', text.replaceAll('\r\n', '\r')],
    ['blank-lines.csv', text.replace('\r\n2,', '\r\n2,').concat('\r\n,,,,,,,\r\n')],
  ])('%s gives its rows with their lines', async (name, content) =>
    expect(await rowsOf(file(name, content))).toMatchObject(ofTwo),
  )

  test.each([
    ['semicolons', ';', '2,55', '2.55'],
    ['tabs', '\t', '2.55', '2.55'],
    ['commas', ',', '2.55', '2.55'],
  ])('may have %s between its columns', async (_name, sign, price, read) => {
    const line = ['1', 'A', 'a', '-3', '2010-12-01 08:26', price, '7', 'EIRE'].join(sign)
    const [row] = await rowsOf(file('separated.csv', `${columns.join(sign)}\n${line}\n`))
    expect(row?.values).toMatchObject({ Quantity: '-3', UnitPrice: read, Country: 'EIRE' })
  })

  test('columns may stand in any order, with blanks in their names, among others', async () => {
    const names =
      'Country,Customer ID,unitprice,Invoice Date,Quantity,Description,Stock_Code,Remark,InvoiceNo'
    const [row] = await rowsOf(file('mixed.csv', `${names}\nEIRE,7,2.5,2010-12-01 08:26,1,a,A,none,1\n`))
    expect(row?.values).toEqual({
      ...{ InvoiceNo: '1', StockCode: 'A', Description: 'a', Quantity: '1' },
      ...{ InvoiceDate: '2010-12-01 08:26', UnitPrice: '2.5', CustomerID: '7', Country: 'EIRE' },
    })
  })

  test('a line with other columns than the rest is told, and the rest is read', async () => {
    const line = (number: string, more = '') => `${number},A,a${more},1,2010-12-01 08:26,2,7,EIRE\n`
    const rows = await rowsOf(file('odd.csv', `${heading}\n${line('1')}${line('2', ',b')}${line('3')}`))
    expect(rows.map(({ values, problem }) => [values.InvoiceNo, problem])).toEqual([
      ['1', undefined],
      ['2', 'it has 9 columns instead of 8'],
      ['3', undefined],
    ])
  })

  test('an inch sign is no quotation mark', async () => {
    const [row] = await rowsOf(file('inch.csv', `${heading}\n1,A,6" PLATE,1,2010-12-01 08:26,2,7,EIRE\n`))
    expect([row?.values.Description, row?.problem]).toEqual(['6" PLATE', undefined])
  })

  test('lines that a quotation mark has swallowed are told with their numbers', async () => {
    const line = (description: string) => `1,A,${description},1,2010-12-01 08:26,2,7,EIRE\n`
    const rows = await rowsOf(
      file('open.csv', `${heading}\n${line('"a')}${line('b')}${line('"c')}${line('d')}`),
    )
    expect(rows[0]?.problem).toMatch(
      /a quotation mark is missing or one too many; it goes from line 2 to line 4/,
    )
    expect(rows[1]).toMatchObject({ values: { Description: 'd' } })
  })

  test.each([
    ['cut.csv.gz', gzipSync(text).subarray(0, 60)],
    ['plain.gz', Buffer.from(text)],
    ['open-to-the-end.csv', `${heading}\n1,A,"a,1,2010-12-01 08:26,2,7,EIRE\n`],
  ])('%s cannot be read on', async (name, content) =>
    expect(rowsOf(file(name, content))).rejects.toMatchObject({ code: 'UNREADABLE_FILE' }),
  )
})

describe('what a file is written in', () => {
  const pounds = (description: string) =>
    `${heading}\n1,A,b,1,2010-12-01 08:26,2,7,EIRE\n2,A,${description},1,,,,\n`
  const latin = Buffer.from(pounds('MUG £1'), 'latin1')

  test('is UTF-8; else it is refused with the line and the byte, before any row is read', async () => {
    const path = file('latin.csv', latin)
    await expect(openInvoiceFile(path).checkText()).rejects.toMatchObject({
      code: 'NOT_UTF8',
      message: expect.stringMatching(
        /latin\.csv:3:9 {2}error: the byte 0xA3 is not UTF-8: in Windows-1252 it would be £.*\n.*--encoding windows-1252$/,
      ),
    })
  })

  test('or what is said', async () => {
    const read = async (bytes: Buffer, encoding: string) =>
      (await rowsOf(file('said.csv', bytes), encoding))[1]?.values
    expect((await read(latin, 'windows-1252'))?.Description).toBe('MUG £1')
    expect((await read(Buffer.from(pounds('MUG €1’'), 'utf8'), 'utf-8'))?.Description).toBe('MUG €1’')
    const euro = Buffer.from(pounds('\u00801\u0092'), 'latin1')
    expect((await read(euro, 'cp1252'))?.Description).toBe('€1’')
  })

  test('a name that there is not is a wrong use, and so is another encoding than said', async () => {
    expect(() => openInvoiceFile(file('x.csv', text), 'windows-1525')).toThrow(
      /no encoding "windows-1525"; there are utf-8,/,
    )
    await expect(
      rowsOf(file('odd-bytes.csv', Buffer.from([0x41, 0xd8, 0x00])), 'utf-16be'),
    ).rejects.toMatchObject({
      code: 'NOT_IN_ENCODING',
    })
  })

  test('every text is read as it was written, however it comes in chunks and whichever line ends it has', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[^",;\r\n\t\s\ufeff\u0085]{1,40}$/u), {
          minLength: 1,
          maxLength: 400,
        }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (names, end) => {
          const lines = names.map((name, at) => `${at},A,${name},1,2010-12-01 08:26,2,7,EIRE${end}`)
          const rows = await rowsOf(file('any.csv', `${heading}${end}${lines.join('')}`))
          expect(rows.map(({ values }) => values.Description)).toEqual(names)
        },
      ),
      { numRuns: 50 },
    ))
})

describe('what holds no invoices', () => {
  test('is a wrong use: no file, an empty one, other columns, an old workbook', async () => {
    expect(() => openInvoiceFile(join(folder, 'none.csv'))).toThrow('There is no file')
    expect(() => openInvoiceFile(file('empty.csv', ''))).toThrow('is empty')
    expect(() => openInvoiceFile(file('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toThrow(
      /Save it as \.xlsx/,
    )
    await expect(rowsOf(file('blank.csv', '\n\n'))).rejects.toThrow('is empty')
    await expect(rowsOf(file('other.csv', 'a,b\n1,2\n'))).rejects.toThrow(
      /lacks the columns InvoiceNo, .*; its first line has a, b/,
    )
    const one = file('one.csv', `${heading.replace(',UnitPrice', '')}\n`)
    await expect(rowsOf(one)).rejects.toThrow(/lacks the columns UnitPrice of/)
  })
})

describe('how dates are meant', () => {
  const orderIn = async (...dates: string[]) => {
    const lines = dates.map((date) => `1,A,a,1,${date},2,7,EIRE\n`)
    const opened = openInvoiceFile(file('dates.csv', `${heading}\n${lines.join('')}`))
    const first = (await opened.rows().next()).value as Row
    return orderOfDates(opened, first)
  }

  test('is shown by any date that can be read in one way only', async () => {
    expect(await orderIn('12/1/2010 8:26', '12/13/2010 8:26')).toMatchObject({
      dates: 'm/d/y',
      because: { at: 3 },
    })
    expect(await orderIn('12/1/2010 8:26', '13/1/2010 8:26')).toMatchObject({ dates: 'd/m/y' })
    expect(await orderIn('2010-12-01 08:26', '12/13/2010 8:26')).toBeUndefined()
    expect(await orderIn('1.12.2010 08:26')).toBeUndefined()
  })

  test('is asked for when none shows it, or when some show one order and some the other', async () => {
    await expect(orderIn('12/1/2010 8:26', '1/1/2011 8:26')).rejects.toMatchObject({
      code: 'AMBIGUOUS_DATES',
      message: expect.stringMatching(/"12\/1\/2010 8:26" on line 2 can be read in two ways.*--dates m\/d\/y/),
    })
    await expect(orderIn('12/1/2010 8:26', '12/13/2010 8:26', '14/1/2011 8:26')).rejects.toThrow(
      /line 3 and "14\/1\/2011 8:26" on line 4 say different things/,
    )
  })
})

describe('a workbook', () => {
  const shared = (value: string): SheetCell => ({ shared: value })
  const line = (...cells: SheetCell[]) => cells
  const top = columns.map(shared)
  const lines = [
    top,
    line(
      536365,
      shared('85123A'),
      shared('WHITE HANGING HEART'),
      6,
      40513.351388888892,
      2.5499999999999998,
      17850,
      shared('United Kingdom'),
    ),
    [],
    line(shared('C536379'), 22139, shared(''), -1, 40513.395833333336, 0, undefined, shared('EIRE')),
  ]

  test('gives its rows as a person sees them', async () => {
    expect(await rowsOf(file('retail.xlsx', await workbookOf(lines)))).toEqual([
      {
        at: 2,
        values: {
          ...{ InvoiceNo: '536365', StockCode: '85123A', Description: 'WHITE HANGING HEART', Quantity: '6' },
          ...{
            InvoiceDate: '2010-12-01 08:26:00',
            UnitPrice: '2.55',
            CustomerID: '17850',
            Country: 'United Kingdom',
          },
        },
      },
      {
        at: 4,
        values: {
          ...{ InvoiceNo: 'C536379', StockCode: '22139', Description: '', Quantity: '-1' },
          ...{ InvoiceDate: '2010-12-01 09:30:00', UnitPrice: '0', CustomerID: '', Country: 'EIRE' },
        },
      },
    ])
  })

  test.each([
    ['whose days count from 1904', { from1904: true, days: 40513.351388888892 - 1462 }],
    ['whose elements have a prefix', { prefix: 'x:' }],
    ['whose cells do not say where they stand', { withoutPlaces: true }],
    ['whose first sheet has another name', { sheetPart: 'xl/worksheets/sheet7.xml' }],
  ])(
    '%s is read the same',
    async (_how, { days = 40513.351388888892, ...own }: WorkbookOptions & { days?: number }) => {
      const only = line(1, shared('A'), { inline: ['a ', 'b'] }, 6, days, 2.5, 7, shared('EIRE'))
      const [row] = await rowsOf(file('other.xlsx', await workbookOf([top, only], own)))
      expect(row?.values).toMatchObject({
        InvoiceDate: '2010-12-01 08:26:00',
        Description: 'a b',
        Country: 'EIRE',
      })
    },
  )

  test('holds text in pieces, without how it is spoken, and characters by their numbers', async () => {
    const texts = line(
      1,
      { shared: ['a', 'b'], spoken: 'ei' },
      { shared: 'c_x000D_d & <e>' },
      6,
      40513,
      2.5,
      7,
      shared('EIRE'),
    )
    const [row] = await rowsOf(file('pieces.xlsx', await workbookOf([top, texts])))
    expect(row?.values).toMatchObject({ StockCode: 'ab', Description: 'c\rd & <e>' })
  })

  test('without the columns, without anything, or broken is told', async () => {
    await expect(rowsOf(file('a.xlsx', await workbookOf([line(shared('a'))])))).rejects.toThrow(
      /lacks the columns/,
    )
    await expect(rowsOf(file('b.xlsx', await workbookOf([])))).rejects.toThrow('is empty')
    const whole = await workbookOf(lines)
    const broken = [
      whole.subarray(0, whole.length / 2),
      await packed({ 'mimetype.xml': 'x' }),
      await workbookOf(lines, { cutSheet: true }),
    ]
    for (const bytes of broken)
      await expect(rowsOf(file('c.xlsx', bytes))).rejects.toMatchObject({ code: 'UNREADABLE_FILE' })
  })
})

test('how much has been read is told as a part of the file', async () => {
  for (const path of [
    file('counted.csv', text),
    file('counted.csv.gz', gzipSync(text)),
    file('counted.xlsx', await workbookOf([columns.map((shared) => ({ shared }))])),
  ]) {
    const opened = openInvoiceFile(path)
    for await (const _ of opened.rows());
    expect(opened.part()).toBe(1)
  }
})
