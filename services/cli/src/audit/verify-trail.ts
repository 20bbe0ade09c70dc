import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Report, type Trail, trailOfCopy, trailOfTopics, verify } from '@holdpoint/audit'
import type { LaneRecord } from '@holdpoint/chassis'
import { Misuse } from '../failures.ts'
import { count, Progress } from '../progress.ts'
import type { Session } from '../session.ts'
import { connectKafka } from '../upstream/kafka.ts'

export interface VerifyOptions {
  trust?: string[]
  atRest?: boolean
}

export async function verifyTrail(session: Session, options: VerifyOptions, file?: string): Promise<void> {
  const settings = {
    now: session.now(),
    atRest: options.atRest === true,
    ...(options.trust ? { trustedKeys: options.trust } : {}),
  }
  const report = await withTrail(session, file, (trail) => verify(trail, settings))
  session.show(report, () => reportText(report))
  if (!report.ok) session.no()
}

/** Opens the trail of the topics or of a copy, and closes it when the work is done. */
export async function withTrail<Result>(
  session: Session,
  file: string | undefined,
  work: (trail: Trail) => Promise<Result>,
): Promise<Result> {
  if (file !== undefined) {
    if (!existsSync(file)) throw new Misuse(`There is no file ${file}.`)
    return work(
      await trailOfCopy(() => createInterface({ input: createReadStream(file), crlfDelay: Infinity })),
    )
  }
  const connection = await connectKafka(session.places)
  const progress = new Progress(session.terminal, 'Reading', 'records')
  let read = 0
  async function* counted(records: AsyncIterable<LaneRecord>): AsyncGenerator<LaneRecord> {
    for await (const record of records) {
      progress.set(++read)
      yield record
    }
  }
  try {
    return await work(trailOfTopics((topics) => counted(connection.readAll(topics))))
  } finally {
    progress.end()
    await connection.stop()
  }
}

export function reportText({ ok, chains, keyIds, records, findings }: Report): string {
  const entries = chains.reduce((sum, chain) => sum + chain.entries, 0)
  const lines = [
    `${count(entries)} entries in ${chains.length} chains, ${chains.reduce((sum, c) => sum + c.checkpoints, 0)} signed checkpoints`,
    ...chains.map(
      ({ partition, entries: n, signedUpTo, head }) =>
        `  chain ${partition}: ${count(n)} entries, signed up to ${count(signedUpTo)}, head ${head.slice(0, 16) || 'none'}`,
    ),
    ...keyIds.map((key) => `  signed by key ${key}`),
    records
      ? `${count(records.verified)} records are what was covered, ${count(records.gone)} no longer kept, ${count(records.awaiting)} not covered yet`
      : 'The records were not looked at.',
    ...findings.slice(0, 100).map(({ code, message }) => `${code}: ${message}`),
    findings.length > 100 ? `and ${findings.length - 100} more` : '',
    ok
      ? 'Nothing is wrong with the trail.'
      : `${count(findings.length)} finding(s): the trail does not hold.`,
  ]
  return `${lines.filter((line) => line !== '').join('\n')}\n`
}
