import { type AuditEntry, catalogue, type Retention } from '@holdpoint/schemas'
import { leafHash, merkleRoot } from './merkle.ts'
import type { Finding, RecordsReport } from './report.ts'
import type { CoveredRecord } from './trail.ts'

type Tell = (finding: Finding) => void
type Cover = Pick<
  AuditEntry,
  | 'partition'
  | 'sequence'
  | 'topic'
  | 'recordPartition'
  | 'firstOffset'
  | 'lastOffset'
  | 'count'
  | 'hash'
  | 'at'
>

/** The covers of one partition of a topic by their offsets, and how far the records have been compared with them. */
interface Progress {
  covers: Cover[]
  next: number
  leaves: Buffer[]
}

export interface CoverageOptions {
  /** Instant of the verification, milliseconds UTC: it says which records their topics no longer keep. */
  now: number
  /** Nothing was written while the trail was read: every record has to be covered. */
  atRest?: boolean
}

const dayMs = 24 * 60 * 60 * 1000

/** Verifies that every record lies in exactly one entry, and is the one that the entry covers. */
export class CoverageCheck {
  readonly #partitions = new Map<string, Progress>()
  readonly #options: CoverageOptions
  readonly #tell: Tell
  readonly #report: RecordsReport = { verified: 0, gone: 0, awaiting: 0 }
  #sorted = false

  constructor(options: CoverageOptions, tell: Tell) {
    this.#options = options
    this.#tell = tell
  }

  cover({
    partition,
    sequence,
    topic,
    recordPartition,
    firstOffset,
    lastOffset,
    count,
    hash,
    at,
  }: AuditEntry): void {
    const cover = { partition, sequence, topic, recordPartition, firstOffset, lastOffset, count, hash, at }
    this.#progress(topic, recordPartition).covers.push(cover)
  }

  record(record: CoveredRecord): void {
    this.#sort()
    const { topic, partition, offset } = record
    const progress = this.#progress(topic, partition)
    while ((progress.covers[progress.next]?.lastOffset ?? Number.POSITIVE_INFINITY) < offset)
      this.#closeCover(progress)
    const cover = progress.covers[progress.next]
    if (cover && cover.firstOffset <= offset) progress.leaves.push(leafHash(record))
    else if (cover || this.#options.atRest)
      this.#tell({
        code: 'RECORD_UNCOVERED',
        record: { topic, partition, offset },
        message: `No entry covers ${recordName(topic, partition, offset)}.`,
      })
    else this.#report.awaiting++
  }

  close(): RecordsReport {
    this.#sort()
    for (const progress of this.#partitions.values())
      while (progress.next < progress.covers.length) this.#closeCover(progress)
    return this.#report
  }

  #closeCover(progress: Progress): void {
    const cover = progress.covers[progress.next] as Cover
    const { leaves } = progress
    progress.next++
    progress.leaves = []
    if (leaves.length < cover.count) this.#someGone(cover, leaves.length)
    else if (merkleRoot(leaves) === cover.hash) this.#report.verified += leaves.length
    else
      this.#tell({
        ...about(cover),
        code: 'RECORD_CHANGED',
        message: `${coverName(cover)} ${changed(cover)}`,
      })
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
      covers.sort((a, b) => a.firstOffset - b.firstOffset)
      for (const [i, cover] of covers.entries()) {
        const before = covers[i - 1]
        if (before && before.lastOffset >= cover.firstOffset) this.#coveredTwice(before, cover)
      }
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
      progress = { covers: [], next: 0, leaves: [] }
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
