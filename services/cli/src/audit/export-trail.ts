import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  copyOf,
  type ExtractFormat,
  emptyManifest,
  extractOf,
  type Manifest,
  nothingCopied,
} from '@holdpoint/audit'
import { Misuse } from '../failures.ts'
import { requireWritable } from '../file-problems.ts'
import { instantIn } from '../instants.ts'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'
import { withTrail } from './open-trail.ts'

export interface ExportOptions {
  records: boolean
  format: 'copy' | ExtractFormat
  from?: string
  to?: string
}

/** The file has its name only once it is whole. */
export async function exportTrail(session: Session, options: ExportOptions, name?: string): Promise<void> {
  const file = name as string
  requireWritable(file)
  const { format, from, to } = options
  if (format !== 'copy') {
    const bounds = { ...(from ? { from: instantIn(from) } : {}), ...(to ? { to: instantIn(to) } : {}) }
    if (bounds.from !== undefined && bounds.to !== undefined && bounds.from >= bounds.to)
      throw new Misuse('--from is not before --to: there is no time between them.')
    return exportEntries(session, { format, ...bounds }, file)
  }
  if (from !== undefined || to !== undefined)
    throw new Misuse('A copy has the whole trail: --from and --to go with --format jsonl or csv.')
  return exportCopy(session, options, file)
}

async function exportCopy(session: Session, { records }: ExportOptions, file: string): Promise<void> {
  const copied = nothingCopied()
  await withTrail(session, undefined, ({ checkpoints, entries, ...rest }) =>
    writeLines(file, copyOf({ checkpoints, entries, ...(records ? rest : {}) }, copied)),
  )
  for (const { where, problem } of copied.foreign)
    session.terminal.err(`Left out, as it is no part of the trail: ${where}: ${problem}\n`)
  session.show(
    { file, ...copied },
    () =>
      `${file}: ${count(copied.entries)} entries, ${count(copied.checkpoints)} checkpoints, ${count(copied.records)} records\n` +
      `holdpoint audit verify ${file} --at-rest\n`,
  )
}

/** Where what belongs to a file of entries lies. */
export const manifestOf = (file: string): string => `${file}.manifest.json`

async function exportEntries(
  session: Session,
  options: { format: ExtractFormat; from?: number; to?: number },
  file: string,
): Promise<void> {
  const manifest = emptyManifest(options)
  const sha256 = await withTrail(session, undefined, (trail) =>
    writeLines(file, extractOf(trail, options, manifest)),
  )
  const whole = { ...manifest, sha256 }
  await writeFile(manifestOf(file), `${JSON.stringify(whole, null, 2)}\n`)
  session.show(
    { file, manifest: manifestOf(file), ...whole },
    () =>
      (whole.entries === 0 ? nothingIn(whole, file) : '') +
      `${file}: ${count(whole.entries)} entries of ${whole.lanes.length} chains; how many of each, and the proof, are in ${manifestOf(file)}\n` +
      `holdpoint audit verify ${file}\n`,
  )
}

/** That nothing happened in a time is an answer too. */
function nothingIn({ from, to }: Manifest, file: string): string {
  const time = [from && `from ${from} on`, to && `before ${to}`].filter(Boolean).join(' and ')
  return `No signed entry was written${time && ` ${time}`}: ${file} has none, and its manifest says so.\n`
}

/** Gives the hash of the file. */
async function writeLines(file: string, lines: AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const line of lines) {
      hash.update(`${line}\n`)
      yield `${line}\n`
    }
  }
  await pipeline(Readable.from(hashed()), createWriteStream(`${file}.unfinished`))
  await rename(`${file}.unfinished`, file)
  return hash.digest('hex')
}
