import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import { hashOf, noEntry } from './chain.ts'
import { signatureCheck } from './checkpoint.ts'
import type { Expected, Known } from './expected.ts'
import type { ChainReport, Finding, FindingCode } from './report.ts'
import { type Blocks, memoryBlocks } from './rows.ts'
import { SignedHeads } from './signed-heads.ts'
import { TrustedKeys } from './trusted-keys.ts'

type Tell = (finding: Finding) => void

/** One chain as it is read: its checkpoints first, then its entries. */
interface Chain {
  partition: number
  /** Of checkpoints that are signed well. */
  signed: SignedHeads
  newest: AuditCheckpoint | null
  /** By the sequence of their entries. */
  known: Map<number, Known[]>
  entries: number
  /** Sequence of the entry behind which it is looked at; 0 from the beginning. */
  begin: number
  last: number
  head: string
  /** When the first entry behind the last signature was written; undefined while there is none. */
  unsignedSince: number | undefined
}

export interface ChainsOptions {
  expected?: Expected
  /** Instant of the verification, milliseconds UTC. */
  now: number
  /** Nothing was written while the trail was read: its very end is verified too. */
  atRest?: boolean
  /** Of each chain of which a checkpoint is known, only what is behind the newest is looked at. */
  onlyNew?: boolean
  /** Where what has to be remembered of each signature is put aside; memory, when left out. */
  blocks?: Blocks
}

/** So long after its entries a signature must be there, milliseconds. It comes a moment behind them. */
export const patienceMs = 10 * 60_000

/** Verifies chains and signatures while they are read. */
export class ChainsCheck {
  readonly keyIds = new Set<string>()
  readonly #chains = new Map<number, Chain>()
  readonly #isSigned = signatureCheck()
  readonly #keys: TrustedKeys
  readonly #options: ChainsOptions
  readonly #blocks: Blocks
  readonly #tell: Tell

  constructor(options: ChainsOptions, tell: Tell) {
    this.#options = options
    this.#blocks = options.blocks ?? memoryBlocks()
    this.#keys = new TrustedKeys(options.expected?.keys)
    this.#tell = tell
    for (const known of options.expected?.known ?? []) {
      const { partition, sequence } = known.checkpoint
      const chain = this.#chain(partition).known
      chain.set(sequence, [...(chain.get(sequence) ?? []), known])
    }
    if (options.onlyNew) for (const chain of this.#chains.values()) beginBehind(chain)
  }

  checkpoint(value: AuditCheckpoint, where: string, partition: number | undefined): void {
    if (this.#isOld(value)) return
    const tell = (code: FindingCode, what: string) =>
      this.#tell(about(value, code, `The checkpoint of ${name(value, where)} ${what}`))
    const chain = this.#chain(value.partition)
    const isSigned = this.#isSigned(value) && (partition ?? value.partition) === value.partition
    if (isSigned) this.keyIds.add(value.keyId)
    const problem = isSigned ? this.#keys.problemOf(value) : undefined
    if (!isSigned) tell('BAD_SIGNATURE', 'is not what was signed.')
    else if (problem) tell('FOREIGN_KEY', `${problem}.`)
    else if (chain.signed.add(value.sequence, value.head)) chain.newest = value
    else tell('OUT_OF_ORDER', 'comes after a later one.')
  }

  /** False for an entry that is not looked at. */
  entry(value: AuditEntry, where: string, partition: number | undefined): boolean {
    if (this.#isOld(value)) return false
    const tell = (code: FindingCode, what: string) =>
      this.#tell(about(value, code, `${capital(name(value, where))} ${what}`))
    if ((partition ?? value.partition) !== value.partition) tell('EDITED', 'belongs to another partition.')
    else {
      if (hashOf(value) !== value.entryHash) tell('EDITED', 'is not what its hash says: it was edited.')
      const chain = this.#chain(value.partition)
      chain.entries++
      if (value.sequence > chain.last) this.#follow(chain, value, where)
      else if (value.sequence === chain.last && value.entryHash !== chain.head)
        tell('FORKED', 'stands beside another with its number.')
      else tell('OUT_OF_ORDER', `stands after entry ${chain.last}.`)
    }
    return true
  }

  #isOld({ partition, sequence }: EntryId): boolean {
    return this.#options.onlyNew === true && sequence <= this.#chain(partition).begin
  }

  #follow(chain: Chain, value: AuditEntry, where: string): void {
    const { sequence, previous, entryHash } = value
    const tell = (code: FindingCode, what: string) =>
      this.#tell(about(value, code, `${capital(name(value, where))} ${what}`))
    if (sequence > chain.last + 1) this.#deleted(chain, value, where)
    else if (previous !== chain.head)
      tell('FORKED', `does not follow entry ${chain.last}: one of the two was replaced.`)
    if (!chain.signed.agrees(sequence, entryHash)) tell('FORKED', 'is not the one that was signed.')
    for (const { checkpoint, from } of chain.known.get(sequence) ?? [])
      if (checkpoint.head !== entryHash) tell('FORKED', `is not the one that is kept in ${from}.`)
    if (sequence > chain.signed.upTo) chain.unsignedSince ??= value.at
    chain.last = sequence
    chain.head = entryHash
  }

  #deleted({ partition, last }: Chain, next: AuditEntry, where: string): void {
    const first = { partition, sequence: last + 1 }
    const gone =
      first.sequence === next.sequence - 1
        ? `entry ${first.sequence} is`
        : `entries ${first.sequence} to ${next.sequence - 1} are`
    this.#tell(
      about(first, 'DELETED', `Partition ${partition}: ${gone} missing before ${name(next, where)}.`),
    )
  }

  /** Compares the ends of the chains with what was signed and with what was known. */
  close(): ChainReport[] {
    return [...this.#chains.values()]
      .sort((a, b) => a.partition - b.partition)
      .flatMap((chain) => this.#closeChain(chain))
  }

  #closeChain(chain: Chain): ChainReport[] {
    const { partition, last, signed, entries, head } = chain
    const known = [...chain.known.values()].flat()
    const tell = (sequence: number, code: FindingCode, what: string) =>
      this.#tell(about({ partition, sequence }, code, `Partition ${partition} ${what}`))
    if (entries === 0 && signed.count === 0 && chain.begin === 0) {
      const [first] = known
      if (first)
        tell(first.checkpoint.sequence, 'CHAIN_MISSING', `has no chain, but one is kept in ${first.from}.`)
      return []
    }
    for (const sequence of signed.behind(last))
      tell(sequence, 'TRUNCATED', `ends with entry ${last}, but entry ${sequence} was signed.`)
    for (const { checkpoint, from } of known)
      if (checkpoint.sequence > last)
        tell(
          checkpoint.sequence,
          'TRUNCATED',
          `ends with entry ${last}, but entry ${checkpoint.sequence} is kept in ${from}.`,
        )
    if (this.#isUnsigned(chain))
      tell(
        signed.upTo + 1,
        'UNSIGNED',
        `has entries up to ${last}, and signatures up to ${signed.upTo} only.`,
      )
    const report = { partition, entries, head: head === noEntry ? '' : head }
    return [{ ...report, checkpoints: signed.count, signedUpTo: signed.upTo, newest: chain.newest }]
  }

  #isUnsigned({ unsignedSince }: Chain): boolean {
    const { atRest, now } = this.#options
    return unsignedSince !== undefined && (atRest === true || now - unsignedSince > patienceMs)
  }

  #chain(partition: number): Chain {
    const chain = this.#chains.get(partition) ?? emptyOf(partition, this.#blocks)
    this.#chains.set(partition, chain)
    return chain
  }
}

const emptyOf = (partition: number, blocks: Blocks): Chain => ({
  partition,
  signed: new SignedHeads(blocks),
  newest: null,
  known: new Map(),
  entries: 0,
  begin: 0,
  last: 0,
  head: noEntry,
  unsignedSince: undefined,
})

/** The next entry has to follow the newest one that is known, and nothing before it is compared any more. */
function beginBehind(chain: Chain): void {
  let newest = 0
  for (const sequence of chain.known.keys()) newest = Math.max(newest, sequence)
  const [known] = chain.known.get(newest) ?? []
  if (!known) return
  const { checkpoint } = known
  chain.begin = checkpoint.sequence
  chain.last = checkpoint.sequence
  chain.head = checkpoint.head
  chain.newest = checkpoint
  chain.signed.upTo = checkpoint.sequence
}

interface EntryId {
  partition: number
  sequence: number
}

const about = ({ partition, sequence }: EntryId, code: FindingCode, message: string): Finding => ({
  code,
  entry: { partition, sequence },
  message,
})

const name = ({ partition, sequence }: EntryId, where: string) =>
  `entry ${sequence} of partition ${partition} (${where})`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
