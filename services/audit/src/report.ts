import type { AuditCheckpoint } from '@holdpoint/schemas'

/** What is wrong with a trail. */
export type FindingCode =
  /** A line of a copy, its end among them, is not as it was written. */
  | 'UNREADABLE'
  /** An entry is not what its own hash says. */
  | 'EDITED'
  /** Entries of a chain are gone. */
  | 'DELETED'
  /** An entry stands twice, or after one that follows it. */
  | 'OUT_OF_ORDER'
  /** Two histories: an entry does not follow the one before it, or is not the one that was signed, or that was known. */
  | 'FORKED'
  /** A chain ends before the last entry that was signed, or that was known. */
  | 'TRUNCATED'
  /** A chain that was known is not there at all. */
  | 'CHAIN_MISSING'
  /** Entries at the end of a chain that nobody signed. */
  | 'UNSIGNED'
  /** A checkpoint is not signed by the key that it names. */
  | 'BAD_SIGNATURE'
  /** A checkpoint is signed by a key that is not trusted. */
  | 'FOREIGN_KEY'
  /** A record, or one of a range, is not the one that was covered. */
  | 'RECORD_CHANGED'
  /** A record that was covered is gone, though its topic should still keep it. */
  | 'RECORD_MISSING'
  /** A record that no entry covers. */
  | 'RECORD_UNCOVERED'
  /** A record that two entries cover. */
  | 'RECORD_COVERED_TWICE'

export interface Finding {
  code: FindingCode
  /** The entry at fault, where it is about one. */
  entry?: { partition: number; sequence: number }
  /** The record, or the first of a range. */
  record?: { topic: string; partition: number; offset: number }
  /** What was found, where, in words. */
  message: string
}

/** What nobody can say of a trail, for want of something to hold it against. */
export type UnjudgedCode =
  /** There is no entry in it. */
  | 'NOTHING_THERE'
  /** Nobody said which keys may sign. */
  | 'KEYS_UNKNOWN'
  /** Nobody said which chains there are and how far they went before. */
  | 'ENDS_UNKNOWN'
  /** Only chains and signatures were looked at. */
  | 'RECORDS_NOT_READ'
  /** Records wait for their entry for longer than audit takes. */
  | 'BEHIND'

export interface Unjudged {
  code: UnjudgedCode
  message: string
}

/**
 * What is proved was looked at and held against what was expected; it is broken when anything was found; and whatever
 * else cannot be judged, which is no proof.
 */
export type Verdict = 'PROVED' | 'BROKEN' | 'UNJUDGED'

export interface ChainReport {
  partition: number
  entries: number
  /** Hash of the last entry; empty when there is none. */
  head: string
  checkpoints: number
  /** Sequence of the last entry under a good signature. */
  signedUpTo: number
  /** The checkpoint that signs it; keep it elsewhere, and the chain can be held against it later. */
  newest: AuditCheckpoint | null
}

export interface Report {
  verdict: Verdict
  /** The verdict is that it is proved. */
  ok: boolean
  chains: ChainReport[]
  /** Ids of the keys that signed. */
  keyIds: string[]
  /** Null when the records were not looked at. */
  records: RecordsReport | null
  findings: Finding[]
  unjudged: Unjudged[]
  /** What others wrote to the topics of the trail: it is no part of it, and was passed over. */
  foreign: { where: string; problem: string }[]
}

export interface RecordsReport {
  /** Records that are what their entry says. */
  verified: number
  /** Covered records that their topic no longer keeps, as it should. */
  gone: number
  /** Records behind the last one that was covered: the trail was not there yet. */
  awaiting: number
}
