import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A number, a text that is shared (in pieces, with how it is spoken), or one in its place. */
export type SheetCell =
  | number
  | undefined
  | { shared: string | string[]; spoken?: string }
  | { inline: string[] }

export interface WorkbookOptions {
  from1904?: boolean
  prefix?: string
  withoutPlaces?: boolean
  sheetPart?: string
  /** The sheet ends in the middle of its XML. */
  cutSheet?: boolean
}

/** The bytes of a workbook with one sheet; an empty line leaves its row out. */
export function workbookOf(lines: readonly SheetCell[][], options: WorkbookOptions = {}): Promise<Buffer> {
  const { from1904 = false, prefix = '', sheetPart = 'xl/worksheets/sheet1.xml', cutSheet = false } = options
  const strings: string[] = []
  const rows = lines.map((cells, row) => rowXml(cells, row + 1, strings, options)).join('')
  const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`
  const prefixed = (xml: string) => xml.replaceAll(/<(\/?)(?=[a-z])/g, `<$1${prefix}`)
  return packed({
    'xl/workbook.xml': `<workbook><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets><sheet name="Data" r:id="rId9"/><sheet name="Notes" r:id="rId8"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId8" Target="worksheets/notes.xml"/><Relationship Id="rId9" Target="/${sheetPart}"/></Relationships>`,
    [sheetPart]: cutSheet ? sheet.slice(0, sheet.length / 2) : prefixed(sheet),
    'xl/sharedStrings.xml': prefixed(`<sst>${strings.join('')}</sst>`),
  })
}

function rowXml(
  cells: readonly SheetCell[],
  row: number,
  strings: string[],
  options: WorkbookOptions,
): string {
  if (cells.length === 0) return ''
  const places = options.withoutPlaces ? '' : ` r="${row}"`
  const inside = cells.map((cell, column) => {
    const place = options.withoutPlaces ? '' : ` r="${String.fromCharCode(65 + column)}${row}"`
    return cell === undefined ? '' : cellXml(cell, place, strings)
  })
  return `<row${places}>${inside.join('')}</row>`
}

function cellXml(cell: Exclude<SheetCell, undefined>, place: string, strings: string[]): string {
  if (typeof cell === 'number') return `<c${place} s="1"><v>${cell}</v></c>`
  if ('inline' in cell) return `<c${place} t="inlineStr"><is>${textXml(cell.inline)}</is></c>`
  const spoken = cell.spoken === undefined ? '' : `<rPh sb="0" eb="1"><t>${cell.spoken}</t></rPh>`
  strings.push(`<si>${textXml([cell.shared].flat())}${spoken}</si>`)
  return `<c${place} t="s"><v>${strings.length - 1}</v></c>`
}

const textXml = (pieces: readonly string[]): string =>
  pieces.length === 1
    ? `<t>${escaped(pieces[0] as string)}</t>`
    : pieces.map((one) => `<r><t>${escaped(one)}</t></r>`).join('')

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A ZIP file of these texts. */
export function packed(files: Record<string, string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return buffer(zip.outputStream)
}
