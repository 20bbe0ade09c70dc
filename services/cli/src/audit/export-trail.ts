import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { copyOf } from '@holdpoint/audit'
import type { Session } from '../session.ts'
import { withTrail } from './verify-trail.ts'

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
  const lines = await withTrail(session, undefined, async (trail) => {
    const { checkpoints, entries } = trail
    const text = linesOf(copyOf(records ? trail : { checkpoints, entries }))
    await pipeline(Readable.from(text), createWriteStream(unfinished))
    return text.count()
  })
  await rename(unfinished, file as string)
  session.show({ file, lines }, () => `${file}: ${lines} lines\nholdpoint audit verify ${file}\n`)
}

function linesOf(copy: AsyncIterable<string>) {
  let written = 0
  return {
    count: () => written,
    async *[Symbol.asyncIterator]() {
      for await (const line of copy) {
        written++
        yield `${line}\n`
      }
    },
  }
}
