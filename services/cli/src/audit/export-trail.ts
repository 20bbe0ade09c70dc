import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import {
  copyOf,
  type ExtractFormat,
  emptyManifest,
  extractOf,
  type Manifest,
  nothingCopied,
  type OrderKeys,
  type RevealedCounts,
  reveal,
  revealedLine,
  revealedText,
} from '@holdpoint/audit'
import type { AuditEntry } from '@holdpoint/schemas'
import { Misuse } from '../failures.ts'
import { requireWritable } from '../file-problems.ts'
import { instantIn } from '../instants.ts'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'
import { readKeys, withTrail } from './open-trail.ts'

export interface ExportOptions {
  records: boolean
  format: 'copy' | ExtractFormat
  from?: string
  to?: string
  reveal?: boolean
}

/** The file has its name only once it is whole. */
export async function exportTrail(session: Session, options: ExportOptions, name?: string): Promise<void> {
  const file = name as string
  requireWritable(file)
  const { format, from, to } = options
  // Read first: a key that is destroyed meanwhile is told as it was when the export began.
  const keys = options.reveal ? await readKeys(session) : undefined
  if (format !== 'copy') {
    const bounds = { ...(from ? { from: instantIn(from) } : {}), ...(to ? { to: instantIn(to) } : {}) }
    if (bounds.from !== undefined && bounds.to !== undefined && bounds.from >= bounds.to)
      throw new Misuse('--from is not before --to: there is no time between them.')
    return exportEntries(session, { format, ...bounds }, file, keys)
  }
  if (from !== undefined || to !== undefined)
    throw new Misuse('A copy has the whole trail: --from and --to go with --format jsonl or csv.')
  return exportCopy(session, options, file, keys)
}

async function exportCopy(
  session: Session,
  { records }: ExportOptions,
  file: string,
  keys: OrderKeys | undefined,
): Promise<void> {
  const copied = nothingCopied()
  const { revealed } = await withTrail(session, undefined, ({ checkpoints, entries, ...rest }) =>
    writeLines(file, copyOf({ checkpoints, entries, ...(records ? rest : {}) }, copied), keys),
  )
  for (const { where, problem } of copied.foreign)
    session.terminal.err(`Left out, as it is no part of the trail: ${where}: ${problem}\n`)
  session.show(
    { file, ...copied, ...(revealed ? { revealed } : {}) },
    () =>
      `${file}: ${count(copied.entries)} entries, ${count(copied.checkpoints)} checkpoints, ${count(copied.records)} records\n` +
      `holdpoint audit verify ${file} --at-rest\n${revealedWords(file, revealed)}`,
  )
}

/** Where what belongs to a file of entries lies. */
export const manifestOf = (file: string): string => `${file}.manifest.json`

async function exportEntries(
  session: Session,
  bounds: { format: ExtractFormat; from?: number; to?: number },
  file: string,
  keys: OrderKeys | undefined,
): Promise<void> {
  const isCsv = bounds.format === 'csv'
  const whyOf = (entry: AuditEntry) => revealedText(reveal(entry, keys as OrderKeys))
  const options = keys && isCsv ? { ...bounds, whyOf } : bounds
  const manifest = emptyManifest(options)
  const { sha256, revealed } = await withTrail(session, undefined, (trail) =>
    writeLines(file, extractOf(trail, options, manifest), isCsv ? undefined : keys),
  )
  const whole = { ...manifest, sha256 }
  await writeFile(manifestOf(file), `${JSON.stringify(whole, null, 2)}\n`)
  session.show(
    { file, manifest: manifestOf(file), ...whole, ...(revealed ? { revealed } : {}) },
    () =>
      (whole.entries === 0 ? nothingIn(whole, file) : '') +
      `${file}: ${count(whole.entries)} entries of ${whole.lanes.length} chains; how many of each, and the proof, are in ${manifestOf(file)}\n` +
      `holdpoint audit verify ${file}\n${revealedWords(file, revealed)}`,
  )
}

/** Where what people said lies in clear, beside a file that holds it sealed. */
const revealedOf = (file: string): string => `${file}.revealed.jsonl`

/** That nothing happened in a time is an answer too. */
function nothingIn({ from, to }: Manifest, file: string): string {
  const time = [from && `from ${from} on`, to && `before ${to}`].filter(Boolean).join(' and ')
  return `No signed entry was written${time && ` ${time}`}: ${file} has none, and its manifest says so.\n`
}

/** Gives the hash of the file; with keys, how many texts were written in clear beside it. */
async function writeLines(
  file: string,
  lines: AsyncIterable<string>,
  keys?: OrderKeys,
): Promise<{ sha256: string; revealed: RevealedCounts | undefined }> {
  const hash = createHash('sha256')
  const counts = { proved: 0, forgotten: 0, noKey: 0, wrong: 0 }
  const beside = keys && createWriteStream(`${revealedOf(file)}.unfinished`, { mode: 0o600 })
  async function* hashed() {
    for await (const line of lines) {
      hash.update(`${line}\n`)
      const told = keys && revealedLine(line, keys, counts)
      if (told && beside?.write(`${told}\n`) === false) await once(beside, 'drain')
      yield `${line}\n`
    }
  }
  await pipeline(Readable.from(hashed()), createWriteStream(`${file}.unfinished`))
  if (beside) {
    beside.end()
    await finished(beside)
    await rename(`${revealedOf(file)}.unfinished`, revealedOf(file))
  }
  await rename(`${file}.unfinished`, file)
  return { sha256: hash.digest('hex'), revealed: keys && counts }
}

function revealedWords(file: string, counts: RevealedCounts | undefined): string {
  if (!counts) return ''
  const { proved, forgotten, noKey, wrong } = counts
  const others = [
    ...(forgotten > 0 ? [`${count(forgotten)} forgotten`] : []),
    ...(noKey > 0 ? [`${count(noKey)} without a key`] : []),
    ...(wrong > 0 ? [`${count(wrong)} that are not what was sealed`] : []),
  ]
  return `${revealedOf(file)}: ${[`${count(proved)} reasons in clear, proved`, ...others].join(', ')}\n`
}
