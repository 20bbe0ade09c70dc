import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

/** An .xlsx file: a ZIP with XML in it. */
export interface Workbook {
  /** Values of cells that refer to them by number. */
  strings: string[]
  /** Day 0 is 1 January 1904 instead of the last of 1899. */
  from1904: boolean
  /** XML of the first sheet; the second is how many bytes it has in all. */
  openSheet(): Promise<[Readable, number]>
  close(): void
}

/** Opens a workbook and reads all of it but its sheets. Raises what yauzl and saxes raise. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false })
  try {
    const parts = await partsOf(zip)
    const { sheetId, from1904 } = await readWorkbook(zip, requirePart(parts, 'xl/workbook.xml'))
    const targets = await readTargets(zip, requirePart(parts, 'xl/_rels/workbook.xml.rels'))
    const sheet = requirePart(parts, targets.get(sheetId) ?? 'xl/worksheets/sheet1.xml')
    const stringsPart = parts.get('xl/sharedStrings.xml')
    return {
      strings: stringsPart ? await readStrings(zip, stringsPart) : [],
      from1904,
      openSheet: async () => [await zip.openReadStreamPromise(sheet), sheet.uncompressedSize],
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) parts.set(entry.fileName, entry)
  return parts
}

function requirePart(parts: Map<string, Entry>, name: string): Entry {
  const part = parts.get(name)
  if (part) return part
  throw new Error(`it has no ${name} in it, so it is no workbook`)
}

async function readWorkbook(zip: ZipFile, part: Entry) {
  let sheetId = ''
  let from1904 = false
  await readXml(await zip.openReadStreamPromise(part), {
    open(name, { attributes }) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      if (name === 'sheet' && sheetId === '') sheetId = attributes['r:id'] ?? ''
    },
  })
  return { sheetId, from1904 }
}

/** Parts of the workbook by their ids. */
async function readTargets(zip: ZipFile, part: Entry): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await readXml(await zip.openReadStreamPromise(part), {
    open(name, { attributes: { Id, Target = '' } }) {
      if (name === 'Relationship' && Id !== undefined)
        targets.set(
          Id,
          posix.join('/xl', Target.startsWith('/') ? posix.relative('/xl', Target) : Target).slice(1),
        )
    },
  })
  return targets
}

/** Texts may be in pieces of different looks; how they are pronounced stands between them. */
async function readStrings(zip: ZipFile, part: Entry): Promise<string[]> {
  const strings: string[] = []
  const text = newTextOfCell()
  await readXml(await zip.openReadStreamPromise(part), {
    open(name) {
      if (name === 'si') text.start()
      text.open(name)
    },
    text: text.add,
    close(name) {
      text.close(name)
      if (name === 'si') strings.push(text.get())
    },
  })
  return strings
}

/** Collects what stands in `t` elements, but for those inside of `rPh`. */
export function newTextOfCell() {
  let collected = ''
  let inText = false
  let spoken = false
  return {
    start: () => {
      collected = ''
    },
    open(name: string) {
      if (name === 'rPh') spoken = true
      inText = name === 't' && !spoken
    },
    add: (text: string) => {
      if (inText) collected += text
    },
    close(name: string) {
      if (name === 'rPh') spoken = false
      inText = false
    },
    /** `_x000D_` stands for the character of that number. */
    get: () =>
      collected.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  }
}

export interface XmlEvents {
  /** The name is without its prefix. */
  open?(name: string, tag: SaxesTagPlain): void
  text?(text: string): void
  close?(name: string): void
}

async function readXml(xml: Readable, events: XmlEvents): Promise<void> {
  for await (const _ of xmlChunks(xml, events));
}

/** Feeds a stream to a parser; comes back after each chunk with how many bytes it had. */
export async function* xmlChunks(xml: Readable, { open, text, close }: XmlEvents): AsyncGenerator<number> {
  const parser = new SaxesParser()
  if (open) parser.on('opentag', (tag) => open(localName(tag.name), tag))
  if (text) parser.on('text', text)
  if (close) parser.on('closetag', (tag) => close(localName(tag.name)))
  parser.on('error', (error) => {
    throw error
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of xml) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield chunk.length
  }
  parser.write(decoder.decode())
  parser.close()
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
