import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Expected, expectedOf, type Pins, readPins, together, writePins } from '@holdpoint/audit'
import { Misuse } from '../failures.ts'

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
  writeFileSync(unfinished, writePins(pins), { mode: 0o600, flush: true })
  renameSync(unfinished, file)
}

function readFile(file: string): Pins {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Misuse(`${file} cannot be read: ${(cause as Error).message}`)
  }
  return readPins(text, file)
}
