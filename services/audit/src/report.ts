/** What is wrong with a trail. */
export type FindingCode =
  /** An entry, a checkpoint or a line of a copy cannot be read. */
  | 'UNREADABLE'
  /** An entry is not what its own hash says. */
  | 'EDITED'
  /** Entries of a chain are gone. */
  | 'DELETED'
  /** An entry stands twice, or after one that follows it. */
  | 'OUT_OF_ORDER'
  /** Two histories: an entry does not follow the one before it, or is not the one that was signed. */
  | 'FORKED'
  /** A chain ends before the last entry that was signed. */
  | 'TRUNCATED'
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

export interface ChainReport {
  partition: number
  entries: number
  /** Hash of the last entry; empty when there is none. */
  head: string
  checkpoints: number
  /** Sequence of the last entry under a good signature. */
  signedUpTo: number
}

export interface Report {
  /** Nothing is wrong with what was read. */
  ok: boolean
  chains: ChainReport[]
  /** Ids of the keys that signed. */
  keyIds: string[]
  /** Null when the records were not looked at. */
  records: RecordsReport | null
  findings: Finding[]
}

export interface RecordsReport {
  /** Records that are what their entry says. */
  verified: number
  /** Covered records that their topic no longer keeps, as it should. */
  gone: number
  /** Records behind the last one that was covered: the trail was not there yet. */
  awaiting: number
}
