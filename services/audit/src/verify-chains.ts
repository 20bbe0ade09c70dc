import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import { hashOf, noEntry } from './chain.ts'
import { signatureCheck } from './checkpoint.ts'
import type { ChainReport, Finding, FindingCode } from './report.ts'
import type { Found } from './trail.ts'

type Tell = (finding: Finding) => void

interface Signed {
  sequence: number
  head: string
  where: string
}

/** One chain as it is read: its checkpoints first, then its entries. */
interface Chain {
  partition: number
  /** Checkpoints that are signed well. */
  signed: Signed[]
  /** Hash of each entry by its sequence. */
  hashes: Map<number, string>
  last: number
  head: string
}

export interface ChainsOptions {
  /** Ids of the keys that may sign; any key when not said. */
  trustedKeys?: readonly string[]
  /** Nothing was written while the trail was read: its very end is verified too. */
  atRest?: boolean
}

/** Verifies chains and signatures while they are read. */
export class ChainsCheck {
  readonly keyIds = new Set<string>()
  readonly #chains = new Map<number, Chain>()
  readonly #isSigned = signatureCheck()
  readonly #options: ChainsOptions
  readonly #tell: Tell

  constructor(options: ChainsOptions, tell: Tell) {
    this.#options = options
    this.#tell = tell
  }

  checkpoint(found: Found<AuditCheckpoint>): void {
    const { where, value } = found
    const fault = this.#faultOf(found)
    if (fault) this.#tell(fault)
    else if (value) {
      const { signed } = this.#chain(value.partition)
      if (value.sequence <= (signed.at(-1)?.sequence ?? 0))
        this.#tell(
          about(value, 'OUT_OF_ORDER', `The checkpoint of ${name(value, where)} comes after a later one.`),
        )
      signed.push({ sequence: value.sequence, head: value.head, where })
    }
  }

  #faultOf({ where, partition, value, problem }: Found<AuditCheckpoint>): Finding | undefined {
    if (!value) return { code: 'UNREADABLE', message: `${where}: ${problem}` }
    const checkpoint = `The checkpoint of ${name(value, where)}`
    if (!this.#isSigned(value) || (partition ?? value.partition) !== value.partition)
      return about(value, 'BAD_SIGNATURE', `${checkpoint} is not what was signed.`)
    this.keyIds.add(value.keyId)
    const { trustedKeys } = this.#options
    if (!trustedKeys || trustedKeys.includes(value.keyId)) return undefined
    return about(value, 'FOREIGN_KEY', `${checkpoint} is signed by ${value.keyId}, which is not trusted.`)
  }

  entry({ where, partition, value, problem }: Found<AuditEntry>): void {
    if (!value) this.#tell({ code: 'UNREADABLE', message: `${where}: ${problem}` })
    else if ((partition ?? value.partition) !== value.partition)
      this.#tell(about(value, 'EDITED', `${capital(name(value, where))} belongs to another partition.`))
    else {
      if (hashOf(value) !== value.entryHash)
        this.#tell(
          about(value, 'EDITED', `${capital(name(value, where))} is not what its hash says: it was edited.`),
        )
      this.#follow(this.#chain(value.partition), value, where)
    }
  }

  #follow(chain: Chain, value: AuditEntry, where: string): void {
    const { sequence, previous, entryHash } = value
    const known = chain.hashes.get(sequence)
    const entry = capital(name(value, where))
    if (known !== undefined && known !== entryHash)
      this.#tell(about(value, 'FORKED', `${entry} stands beside another with its number.`))
    else if (sequence <= chain.last)
      this.#tell(about(value, 'OUT_OF_ORDER', `${entry} stands after entry ${chain.last}.`))
    if (known === undefined) chain.hashes.set(sequence, entryHash)
    if (sequence <= chain.last) return
    if (sequence > chain.last + 1) this.#deleted(chain, value, where)
    else if (previous !== chain.head)
      this.#tell(
        about(value, 'FORKED', `${entry} does not follow entry ${chain.last}: one of the two was replaced.`),
      )
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

  /** Compares the chains with what was signed. */
  close(): ChainReport[] {
    return [...this.#chains.values()]
      .sort((a, b) => a.partition - b.partition)
      .map((chain) => this.#closeChain(chain))
  }

  #closeChain(chain: Chain): ChainReport {
    const { partition, last } = chain
    for (const signed of chain.signed) this.#compare(chain, signed)
    const signedUpTo = chain.signed.reduce((most, { sequence }) => Math.max(most, sequence), 0)
    const first = { partition, sequence: signedUpTo + 1 }
    if (this.#options.atRest && last > signedUpTo)
      this.#tell(
        about(
          first,
          'UNSIGNED',
          `Partition ${partition}: entries ${first.sequence} to ${last} are under no signature.`,
        ),
      )
    const head = chain.head === noEntry ? '' : chain.head
    return { partition, entries: chain.hashes.size, head, checkpoints: chain.signed.length, signedUpTo }
  }

  #compare({ partition, last, hashes }: Chain, { sequence, head, where }: Signed): void {
    const entry = { partition, sequence }
    const hash = hashes.get(sequence)
    if (sequence > last)
      this.#tell(
        about(
          entry,
          'TRUNCATED',
          `Partition ${partition} ends with entry ${last}, but ${name(entry, where)} was signed.`,
        ),
      )
    else if (hash !== undefined && hash !== head)
      this.#tell(about(entry, 'FORKED', `${capital(name(entry, where))} is not the one that was signed.`))
  }

  #chain(partition: number): Chain {
    let chain = this.#chains.get(partition)
    if (!chain) {
      chain = { partition, signed: [], hashes: new Map(), last: 0, head: noEntry }
      this.#chains.set(partition, chain)
    }
    return chain
  }
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
