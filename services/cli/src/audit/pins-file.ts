import { closeSync, existsSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { type Expected, expectedOf, type Pins, readPins, together, writePins } from '@holdpoint/audit'
import { unreadable, unwritable } from '../file-problems.ts'

/** What a trail is held against, and where what was learned of it is kept. */
export interface HeldAgainst {
  expected: Expected
  /** Files that it comes from. */
  from: string[]
  pins: { file: string; read: Pins | undefined } | undefined
}

export interface Given {
  /** Ids of keys that may sign; they count more than those of any file. */
  trust?: readonly string[] | undefined
  /** The file of pins; it need not be there yet. */
  pinsFile?: string | undefined
  /** Other files with checkpoints. */
  against?: readonly string[] | undefined
}

export function heldAgainst({ trust, pinsFile, against = [] }: Given): HeldAgainst {
  const pins =
    pinsFile === undefined
      ? undefined
      : { file: pinsFile, read: existsSync(pinsFile) ? readFile(pinsFile) : undefined }
  const files = against.map((file) => ({ file, read: readFile(file) }))
  const read = [...(pins ? [pins] : []), ...files].flatMap(({ file, read }) => (read ? [{ file, read }] : []))
  const expected = together(
    trust ? { keys: trust } : {},
    ...read.map((one) => expectedOf(one.read, one.file)),
  )
  return { expected, from: read.map(({ file }) => file), pins }
}

/** The file has its new content as a whole, or the old one. */
export function keepPins(file: string, pins: Pins): void {
  const unfinished = `${file}.unfinished`
  try {
    writeFileSync(unfinished, writePins(pins), { mode: 0o600, flush: true })
    renameSync(unfinished, file)
  } catch (cause) {
    throw unwritable(file, cause)
  }
}

const chunkBytes = 1024 * 1024
const firstEntry = '\n{"entry":'

/** Of a copy its checkpoints alone: with its entries and records it may be larger than any text can be. */
function beginningOf(file: string): string {
  const handle = openSync(file, 'r')
  try {
    let read = Buffer.alloc(0)
    for (;;) {
      const chunk = Buffer.alloc(chunkBytes)
      const size = readSync(handle, chunk)
      const from = Math.max(0, read.length - firstEntry.length)
      read = Buffer.concat([read, chunk.subarray(0, size)])
      const end = read.indexOf(firstEntry, from)
      if (end >= 0) return read.toString('utf8', 0, end)
      if (size === 0) return read.toString('utf8')
    }
  } finally {
    closeSync(handle)
  }
}

function readFile(file: string): Pins {
  let text: string
  try {
    text = beginningOf(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
  return readPins(text, file)
}
