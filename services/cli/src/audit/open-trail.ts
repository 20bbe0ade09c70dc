import { createReadStream, statSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { type OrderKeys, readOrderKeys, type Trail, trailOfCopy, trailOfTopics } from '@holdpoint/audit'
import type { LaneRecord } from '@holdpoint/chassis'
import { requireFile } from '../file-problems.ts'
import { Progress } from '../progress.ts'
import type { Session } from '../session.ts'
import { connectKafka } from '../upstream/kafka.ts'

/**
 * Opens the trail of the topics or of a copy, and closes it when the work is done. Of topics, with `since`, what was written
 * from that instant on (milliseconds UTC).
 */
export async function withTrail<Result>(
  session: Session,
  file: string | undefined,
  work: (trail: Trail) => Promise<Result>,
  since?: number,
): Promise<Result> {
  const progress = session.terminal.live ? new Progress(session.terminal, 'Reading', 'records') : undefined
  try {
    if (file !== undefined) return await work(await trailOfCopy(linesOfCopy(file, progress)))
    return await withTopics(session, progress, work, since)
  } finally {
    progress?.end()
  }
}

async function withTopics<Result>(
  session: Session,
  progress: Progress | undefined,
  work: (trail: Trail) => Promise<Result>,
  since: number | undefined,
): Promise<Result> {
  const connection = await connectKafka(session.places)
  let read = 0
  async function* counted(records: AsyncIterable<LaneRecord>): AsyncGenerator<LaneRecord> {
    for await (const record of records) {
      read++
      progress?.set(read)
      yield record
    }
  }
  try {
    return await work(trailOfTopics((topics) => counted(connection.readAll(topics, since))))
  } finally {
    await connection.stop()
  }
}

/** The keys of the orders, of the topics as they are now. */
export async function readKeys({ places }: Session): Promise<OrderKeys> {
  const connection = await connectKafka(places)
  try {
    return await readOrderKeys((topics) => connection.readAll(topics))
  } finally {
    await connection.stop()
  }
}

/** What lies between line feeds, and nothing else: other marks that may end a line are part of what people wrote. */
export async function* linesOfCopy(file: string, progress: Progress | undefined): AsyncGenerator<string> {
  requireFile(file)
  const { size } = statSync(file)
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 })
  const decoder = new StringDecoder('utf8')
  let begun = ''
  let lines = 0
  for await (const piece of stream) {
    const parts = (begun + decoder.write(piece)).split('\n')
    begun = parts.pop() ?? ''
    lines += parts.length
    progress?.set(lines, stream.bytesRead / size)
    yield* parts
  }
  begun += decoder.end()
  if (begun !== '') yield begun
}
