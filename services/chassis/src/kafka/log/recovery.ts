import { catalogue, type TopicName } from '@holdpoint/schemas'
import { ChassisError } from '../../errors.ts'
import { type Brokers, nameOf, type Place } from '../brokers.ts'
import { readPartition } from '../read-partition.ts'
import type { LaneBatch, Output } from './lane-batch.ts'
import type { LaneWriter } from './lane-writer.ts'

/** What the last two records of a journal leave open. */
export interface Unsettled {
  /** By topic, from where on the outputs are to be counted: all before are known to be there. */
  starts: ReadonlyMap<string, number>
  outputs: readonly Output[]
}

/** The outputs that may not be published yet: of the last batch, and of the one before unless that is settled. */
export function unsettled(last: LaneBatch, before: LaneBatch | undefined): Unsettled {
  const open = [before, last].filter((batch) => batch !== undefined && batch.number > last.settled)
  return { starts: open[0]?.starts ?? last.starts, outputs: open.flatMap((batch) => batch?.outputs ?? []) }
}

/** The ids under which the lane was written, by which its records are told from those of other programs. */
export type WrittenBy = ReadonlySet<string>

/**
 * The outputs that are not in their topics: there they are counted, as only this lane writes under its ids. Raises
 * JOURNAL_BEHIND when a topic holds more than the journal knows of, OUTPUTS_LOST when it ends before, or begins behind,
 * what has to be counted: what consumers have seen is not known then.
 */
export async function missingOutputs(
  { brokers, partition, begins, ends }: Pick<LaneWriter, 'brokers' | 'partition' | 'begins' | 'ends'>,
  { starts, outputs }: Unsettled,
  ids: WrittenBy,
  signal: AbortSignal,
): Promise<Output[]> {
  const missing: Output[] = []
  for (const [topic, from] of starts) {
    const mine = outputs.filter((output) => output.topic === topic)
    const range = { from, to: ends.get(topic) as number, begin: begins.get(topic) as number }
    missing.push(...mine.slice(await published(brokers, { topic, partition }, range, mine, ids, signal)))
  }
  return missing
}

interface Range {
  from: number
  to: number
  /** First offset that the partition still has. */
  begin: number
}

async function published(
  brokers: Brokers,
  place: Place,
  { from, to, begin }: Range,
  outputs: readonly Output[],
  ids: WrittenBy,
  signal: AbortSignal,
): Promise<number> {
  if (to < from) throw outputsLost(place, `ends at ${to}, and ${from} were published`)
  if (begin > from && outputs.length > 0)
    throw outputsLost(place, `begins at ${begin} and has to be counted from ${from}`)
  let count = 0
  let last = 0
  const kept = { from: Math.max(from, begin), to }
  for await (const { key, value, batchContext } of readPartition(brokers, place, kept, signal)) {
    if (!ids.has(batchContext.producerId)) continue
    count++
    const at = outputs.findLastIndex((output) => same(output.key, key) && same(output.value, value))
    last = Math.max(last, at + 1)
  }
  // Compaction removes records before the last one, which it never does: so that one is looked up.
  const there = isCompacted(place.topic) ? last : count
  if (count > outputs.length) throw journalBehind(place, from)
  return there
}

const isCompacted = (topic: string): boolean => catalogue[topic as TopicName]?.retention.policy === 'compact'

function same(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b)
}

function outputsLost(place: Place, what: string): ChassisError {
  return new ChassisError(
    'OUTPUTS_LOST',
    `${nameOf(place)} ${what}. What its readers have seen of the lane's last batch is not known: restore the topic, or ` +
      'begin with empty topics.',
    { canRetry: true },
  )
}

function journalBehind(place: Place, from: number): ChassisError {
  return new ChassisError(
    'JOURNAL_BEHIND',
    `${nameOf(place)} has more records from offset ${from} on than the lane's journal knows of: the end of the journal ` +
      'was lost, as by a power failure. To go on would publish twice: restore the journal, or begin with empty topics.',
  )
}
