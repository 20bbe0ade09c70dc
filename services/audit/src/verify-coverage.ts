import { type AuditEntry, catalogue, type Retention, recordHash } from '@holdpoint/schemas'
import { type Cover, Covers } from './covers.ts'
import type { Expected } from './expected.ts'
import { rootOf } from './merkle.ts'
import type { Finding, RecordsReport } from './report.ts'
import { type Blocks, memoryBlocks } from './rows.ts'
import type { CoveredRecord } from './trail.ts'

type Tell = (finding: Finding) => void
/** The covers of one partition of a topic, and how far the records have been compared with them. */
interface Progress {
  covers: Covers
  next: number
  leaves: Buffer[]
}

export interface CoverageOptions {
  /** Instant of the verification, milliseconds UTC: it says which records their topics no longer keep. */
  now: number
  /** Nothing was written while the trail was read: every record has to be covered. */
  atRest?: boolean
  /** Only entries behind what was known are given; `expected` says how far that went. */
  onlyNew?: boolean
  expected?: Expected
  /** Where what has to be remembered of each entry is put aside; memory, when left out. */
  blocks?: Blocks
}

const dayMs = 24 * 60 * 60 * 1000

/** Verifies that every record lies in exactly one entry, and is the one that the entry covers. */
export class CoverageCheck {
  readonly #partitions = new Map<string, Progress>()
  readonly #options: CoverageOptions
  readonly #blocks: Blocks
  readonly #tell: Tell
  /** When the newest known checkpoint of each lane was signed. */
  readonly #knownAt = new Map<number, number>()
  readonly #report: RecordsReport = { verified: 0, gone: 0, awaiting: 0 }
  #sorted = false
  /** Time of the oldest record that waits for its entry, milliseconds UTC; infinite when none does. */
  awaitingSince = Number.POSITIVE_INFINITY

  constructor(options: CoverageOptions, tell: Tell) {
    this.#options = options
    this.#blocks = options.blocks ?? memoryBlocks()
    this.#tell = tell
    for (const { checkpoint } of options.expected?.known ?? [])
      this.#knownAt.set(
        checkpoint.partition,
        Math.max(checkpoint.at, this.#knownAt.get(checkpoint.partition) ?? 0),
      )
  }

  cover(entry: AuditEntry): void {
    this.#progress(entry.topic, entry.recordPartition).covers.add(entry)
  }

  record(record: CoveredRecord): void {
    this.#sort()
    const { topic, partition, offset } = record
    const progress = this.#progress(topic, partition)
    const { covers } = progress
    if (this.#isEarlier(covers, record)) return
    while (progress.next < covers.length && covers.lastOffset(progress.next) < offset)
      this.#closeCover(progress)
    const isBehind = progress.next >= covers.length
    if (!isBehind && covers.firstOffset(progress.next) <= offset) progress.leaves.push(recordHash(record))
    else if (!isBehind || this.#options.atRest)
      this.#tell({
        code: 'RECORD_UNCOVERED',
        record: { topic, partition, offset },
        message: `No entry covers ${recordName(topic, partition, offset)}.`,
      })
    else {
      this.#report.awaiting++
      this.awaitingSince = Math.min(this.awaitingSince, record.timestamp)
    }
  }

  /** An entry that was not looked at covers it. A lane covers the partition of its own number of each topic. */
  #isEarlier(covers: Covers, { offset, timestamp, partition }: CoveredRecord): boolean {
    if (!this.#options.onlyNew) return false
    return covers.length === 0 ? timestamp <= (this.#knownAt.get(partition) ?? -1) : offset < covers.start
  }

  close(): RecordsReport {
    this.#sort()
    for (const progress of this.#partitions.values())
      while (progress.next < progress.covers.length) this.#closeCover(progress)
    return this.#report
  }

  #closeCover(progress: Progress): void {
    const { leaves, covers, next } = progress
    progress.next++
    progress.leaves = []
    if (leaves.length < covers.count(next)) this.#someGone(covers.cover(next), leaves.length)
    else if (covers.isHash(next, rootOf(leaves))) this.#report.verified += leaves.length
    else {
      const cover = covers.cover(next)
      this.#tell({
        ...about(cover),
        code: 'RECORD_CHANGED',
        message: `${coverName(cover)} ${changed(cover)}`,
      })
    }
  }

  #someGone(cover: Cover, left: number): void {
    if (mayBeGone(cover, this.#options.now)) {
      this.#report.gone += cover.count - left
      return
    }
    const missing = cover.count === 1 ? 'is missing' : `has ${left} of ${cover.count} records left`
    this.#tell({ ...about(cover), code: 'RECORD_MISSING', message: `${coverName(cover)} ${missing}.` })
  }

  #sort(): void {
    if (this.#sorted) return
    this.#sorted = true
    for (const { covers } of this.#partitions.values()) {
      covers.sort()
      for (let i = 1; i < covers.length; i++)
        if (covers.lastOffset(i - 1) >= covers.firstOffset(i))
          this.#coveredTwice(covers.cover(i - 1), covers.cover(i))
    }
  }

  #coveredTwice(before: Cover, cover: Cover): void {
    const { topic, recordPartition, firstOffset } = cover
    this.#tell({
      ...about(cover),
      code: 'RECORD_COVERED_TWICE',
      message:
        `${recordName(topic, recordPartition, firstOffset)} is covered by entries ${before.sequence} ` +
        `and ${cover.sequence} of partition ${cover.partition}.`,
    })
  }

  #progress(topic: string, partition: number): Progress {
    const key = `${topic}-${partition}`
    let progress = this.#partitions.get(key)
    if (!progress) {
      progress = { covers: new Covers(topic, partition, this.#blocks), next: 0, leaves: [] }
      this.#partitions.set(key, progress)
    }
    return progress
  }
}

/** Compaction, or the time for which the topic keeps its records, explains that a record is gone. */
function mayBeGone({ topic, at }: Cover, now: number): boolean {
  const retention = (catalogue as Record<string, { retention: Retention } | undefined>)[topic]?.retention
  switch (retention?.policy) {
    case 'compact':
      return true
    case 'delete':
      return now - at > retention.days * dayMs
    default:
      return false
  }
}

const about = ({ partition, sequence, topic, recordPartition, firstOffset }: Cover) => ({
  entry: { partition, sequence },
  record: { topic, partition: recordPartition, offset: firstOffset },
})

const recordName = (topic: string, partition: number, offset: number) =>
  `the record ${topic}, partition ${partition}, offset ${offset}`

function coverName({ topic, recordPartition, firstOffset, lastOffset, count }: Cover): string {
  if (count === 1) return `The record ${topic}, partition ${recordPartition}, offset ${firstOffset}`
  return `The range ${topic}, partition ${recordPartition}, offsets ${firstOffset} to ${lastOffset},`
}

const changed = ({ partition, sequence, count }: Cover) =>
  count === 1
    ? `is not the one that entry ${sequence} of partition ${partition} covers.`
    : `has a record that is not the one that entry ${sequence} of partition ${partition} covers.`
