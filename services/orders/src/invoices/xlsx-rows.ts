import { UnreadableInvoices } from '../errors.ts'
import { type Column, emptyFile, placesOf, type Row, valuesOf } from './columns.ts'
import { wallTimeOfSerial } from './wall-time.ts'
import { newTextOfCell, openWorkbook, type Workbook, xmlChunks } from './workbook.ts'

/** A cell as it stands in the sheet. */
interface Cell {
  /** Its kind: `s` a shared text, `n` a number … */
  kind: string
  text: string
}

interface Line {
  at: number
  cells: Cell[]
}

/** Streams the rows of the first sheet of a workbook. `onPart` is told which part of it has been read. */
export async function* xlsxRows(path: string, onPart: (part: number) => void): AsyncGenerator<Row> {
  let workbook: Workbook | undefined
  try {
    workbook = await openWorkbook(path)
    yield* rowsOf(path, workbook, onPart)
  } catch (cause) {
    if (cause instanceof UnreadableInvoices) throw cause
    throw new UnreadableInvoices(
      'UNREADABLE_FILE',
      `${path} cannot be read on: ${(cause as Error).message}`,
      { cause },
    )
  } finally {
    workbook?.close()
  }
}

async function* rowsOf(
  path: string,
  workbook: Workbook,
  onPart: (part: number) => void,
): AsyncGenerator<Row> {
  let places: Record<Column, number> | undefined
  for await (const { at, cells } of linesOf(workbook, onPart)) {
    const texts = cells.map(({ text }) => text)
    if (places) {
      const values = valuesOf(texts, places)
      if (values) yield { at, values: withDate(values, cells[places.InvoiceDate], workbook) }
    } else if (texts.some((text) => text.trim() !== '')) places = placesOf(texts, path)
  }
  if (!places) throw emptyFile(path)
}

/** A date is a number of days, which its format shows as a date. */
function withDate(values: Row['values'], cell: Cell | undefined, { from1904 }: Workbook): Row['values'] {
  if (cell?.kind !== 'n') return values
  return { ...values, InvoiceDate: wallTimeOfSerial(Number(cell.text), from1904) ?? values.InvoiceDate }
}

async function* linesOf(workbook: Workbook, onPart: (part: number) => void): AsyncGenerator<Line> {
  const [xml, size] = await workbook.openSheet()
  const sheet = new SheetReader(workbook.strings)
  let read = 0
  for await (const bytes of xmlChunks(xml, sheet)) {
    read += bytes
    onPart(read / size)
    yield* sheet.take()
  }
  yield* sheet.take()
}

/** Hears the elements of a sheet and makes lines of them. */
class SheetReader {
  readonly #strings: readonly string[]
  readonly #inline = newTextOfCell()
  #lines: Line[] = []
  #line: Line = { at: 0, cells: [] }
  #column = 0
  #kind = 'n'
  #value = ''
  #inValue = false

  constructor(strings: readonly string[]) {
    this.#strings = strings
  }

  /** Lines that are whole by now. */
  take(): Line[] {
    const lines = this.#lines
    this.#lines = []
    return lines
  }

  open = (name: string, { attributes }: { attributes: Record<string, string> }): void => {
    if (name === 'row') this.#line = { at: Number(attributes.r ?? this.#line.at + 1), cells: [] }
    if (name === 'c') {
      this.#column = attributes.r === undefined ? this.#line.cells.length : columnOf(attributes.r)
      this.#kind = attributes.t ?? 'n'
      this.#value = ''
      this.#inline.start()
    }
    this.#inValue = name === 'v'
    this.#inline.open(name)
  }

  text = (text: string): void => {
    if (this.#inValue) this.#value += text
    this.#inline.add(text)
  }

  close = (name: string): void => {
    this.#inValue = false
    this.#inline.close(name)
    if (name === 'row') this.#lines.push(this.#line)
    if (name === 'c') this.#put({ kind: this.#kind, text: this.#textOfCell() })
  }

  #put(cell: Cell): void {
    const { cells } = this.#line
    if (this.#column > mostColumns) return
    while (cells.length < this.#column) cells.push({ kind: '', text: '' })
    cells[this.#column] = cell.text === '' ? { ...cell, kind: '' } : cell
  }

  #textOfCell(): string {
    switch (this.#kind) {
      case 's':
        return this.#strings[Number(this.#value)] ?? ''
      case 'inlineStr':
        return this.#inline.get()
      case 'n':
        return this.#value === '' ? '' : numberText(this.#value)
      default:
        return this.#value
    }
  }
}

/** As many as a sheet can have. */
const mostColumns = 16_384

/** Index of the column of a place such as `AB12`. */
function columnOf(place: string): number {
  let column = 0
  for (const letter of /^[A-Z]*/.exec(place)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** The sheet says 2.5499999999999998 where a person sees 2.55: spreadsheets count to 15 places. */
const numberText = (text: string): string => String(Number(Number(text).toPrecision(15)))
