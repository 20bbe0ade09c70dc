import type { LaneRecord } from '@holdpoint/chassis'
import { type Decision, toJson, Undecodable } from '@holdpoint/schemas'
import type { Session } from '../session.ts'
import { printable } from '../terminal.ts'
import { clock } from '../times.ts'
import { connectKafka } from '../upstream/kafka.ts'

const topic = 'orders.decisions.v1'

export interface FollowOptions {
  order?: string
  fromStart?: boolean
  count?: number
}

/** Prints decisions until enough have come or Ctrl-C; they are read as billing and warehouse read them. */
export async function followDecisions(session: Session, options: FollowOptions): Promise<void> {
  const connection = await connectKafka(session.places)
  const positions = new Map<number, number>()
  const enough = new AbortController()
  let left = options.count ?? Number.POSITIVE_INFINITY
  try {
    await connection.follow({
      topics: [topic],
      from: (_topic, partition) => positions.get(partition) ?? (options.fromStart ? 0 : 'end'),
      async onBatch(_topic, partition, records) {
        for (const record of records) {
          if (left > 0 && show(session, record, options.order)) left--
          positions.set(partition, record.offset + 1)
        }
        if (left <= 0) enough.abort()
      },
    })
    await aborted(AbortSignal.any([session.untilInterrupted(), enough.signal]))
  } finally {
    await connection.stop()
  }
}

/** Whether the record was of interest. */
function show(session: Session, record: LaneRecord<typeof topic>, order: string | undefined): boolean {
  if (order !== undefined && record.key !== order) return false
  const decision = readDecision(session, record)
  if (!decision) return false
  session.terminal.out(
    session.json ? `${JSON.stringify(toJson(topic, decision))}\n` : `${decisionLine(decision)}\n`,
  )
  return true
}

function readDecision({ terminal }: Session, record: LaneRecord<typeof topic>): Decision | null {
  try {
    return record.value
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error
    terminal.err(`${topic} ${record.partition} ${record.offset} cannot be read: ${error.reason}\n`)
    return null
  }
}

/** `2026-03-02 09:30  SO-1042  invoicing HOLD, shipping PROCEED  (Billing terms outside the contract)` */
export function decisionLine({ at, orderId, sequence, revision, verdicts, cases }: Decision): string {
  const stages = verdicts.map(({ stage, verdict }) => `${stage} ${verdict}`).join(', ')
  const open = cases.filter(({ status }) => status !== 'CLOSED').map(({ name }) => name)
  const why = open.length > 0 ? `  (${open.join(', ')})` : ''
  return printable(
    `${clock(new Date(at).toISOString())}  ${orderId}  decision ${sequence} on revision ${revision}: ${stages}${why}`,
  )
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
