import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { copyOf, nothingCopied } from '@holdpoint/audit'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'
import { withTrail } from './open-trail.ts'

export interface ExportOptions {
  records: boolean
}

/** Writes a copy; the file has its name only once it is whole. */
export async function exportTrail(
  session: Session,
  { records }: ExportOptions,
  file?: string,
): Promise<void> {
  const unfinished = `${file}.unfinished`
  const copied = nothingCopied()
  await withTrail(session, undefined, async ({ checkpoints, entries, ...rest }) => {
    const lines = copyOf({ checkpoints, entries, ...(records ? rest : {}) }, copied)
    await pipeline(Readable.from(withLineEnds(lines)), createWriteStream(unfinished))
  })
  await rename(unfinished, file as string)
  for (const { where, problem } of copied.foreign)
    session.terminal.err(`Left out, as it is no part of the trail: ${where}: ${problem}\n`)
  session.show(
    { file, ...copied },
    () =>
      `${file}: ${count(copied.entries)} entries, ${count(copied.checkpoints)} checkpoints, ${count(copied.records)} records\n` +
      `holdpoint audit verify ${file} --at-rest\n`,
  )
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}
