import { generateKeyPairSync } from 'node:crypto'
import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import { append, emptyChain } from '../chain.ts'
import { signer } from '../checkpoint.ts'
import type { TestTrail } from './trail.ts'

/** Two numbers say where and how; whatever they are, the trail is another afterwards. */
type Alter = (trail: TestTrail, at: number, how: number) => void

const foreign = signer(generateKeyPairSync('ed25519').privateKey)

const indexOf = (list: readonly unknown[], at: number) => at % list.length
const chainAt = ({ entries }: TestTrail, at: number) => {
  const { partition } = entries[indexOf(entries, at)] as AuditEntry
  return entries.filter((entry) => entry.partition === partition)
}

/** Everything that somebody could do to a trail without the key. */
export const alterations = {
  'an edited entry': ({ entries }, at, how) => edit(entries, at, how),
  'an edited checkpoint': ({ checkpoints }, at, how) => edit(checkpoints, at, how),
  'an edited record': ({ records }, at, how) => edit(records, at, how),
  'an edited entry whose own hash was made anew': (trail, at, how) => {
    const chain = chainAt(trail, at)
    const index = indexOf(chain, how)
    const entry = chain[index] as AuditEntry
    rewrite(trail, chain, index, 1, [{ ...entry, who: `${entry.who}x` }])
  },
  'a deleted entry': ({ entries }, at) => entries.splice(indexOf(entries, at), 1),
  'a deleted record': ({ records }, at) => records.splice(indexOf(records, at), 1),
  'an inserted entry': ({ entries }, at, how) => {
    const entry = structuredClone(entries[indexOf(entries, at)] as AuditEntry)
    entries.splice(how % (entries.length + 1), 0, { ...entry, who: 'mallory' })
  },
  'a repeated entry': ({ entries }, at, how) => {
    const entry = structuredClone(entries[indexOf(entries, at)] as AuditEntry)
    entries.splice(how % (entries.length + 1), 0, entry)
  },
  'an inserted record': ({ records }, at) => {
    const record = records[indexOf(records, at)]
    if (record) records.push({ ...record, offset: 1_000_000 })
  },
  'reordered entries': (trail, at, how) => {
    const chain = chainAt(trail, at)
    const first = indexOf(chain, how)
    const [one, other] = [chain[first], chain[(first + 1) % chain.length]] as [AuditEntry, AuditEntry]
    const places = [trail.entries.indexOf(one), trail.entries.indexOf(other)] as [number, number]
    trail.entries[places[0]] = other
    trail.entries[places[1]] = one
  },
  'a truncated chain': (trail, at, how) => truncate(trail, chainAt(trail, at), how, { signatures: false }),
  'a truncated chain with its checkpoints': (trail, at, how) =>
    truncate(trail, chainAt(trail, at), how, { signatures: true }),
  'a chain rolled back with its checkpoints and records': (trail, at, how) => {
    const gone = truncate(trail, chainAt(trail, at), how, { signatures: true })
    const isGone = (topic: string, partition: number, offset: number) =>
      gone.some(
        (entry) =>
          entry.topic === topic &&
          entry.recordPartition === partition &&
          entry.firstOffset <= offset &&
          offset <= entry.lastOffset,
      )
    trail.records = trail.records.filter(({ topic, partition, offset }) => !isGone(topic, partition, offset))
  },
  'a whole chain that is gone': (trail, at) => {
    const [{ partition }] = chainAt(trail, at) as [AuditEntry]
    trail.entries = trail.entries.filter((entry) => entry.partition !== partition)
    trail.checkpoints = trail.checkpoints.filter((checkpoint) => checkpoint.partition !== partition)
    trail.records = trail.records.filter((record) => record.partition !== partition)
  },
  'a fork': (trail, at, how) => {
    const chain = chainAt(trail, at)
    const index = indexOf(chain, how)
    const drafts = chain.slice(index).map((entry) => ({ ...entry, why: `${entry.why}, they say` }))
    rewrite(trail, chain, index, chain.length - index, drafts)
  },
  'a checkpoint signed by another key': ({ checkpoints }, at) => {
    const index = indexOf(checkpoints, at)
    const { at: when, ...head } = checkpoints[index] as AuditCheckpoint
    checkpoints[index] = foreign.sign({ ...emptyChain(head.partition), ...head }, when)
  },
  'a fork that is signed by another key': (trail, at, how) => {
    const chain = chainAt(trail, at)
    const index = indexOf(chain, how)
    const drafts = chain.slice(index).map((entry) => ({ ...entry, why: `${entry.why}, they say` }))
    rewrite(trail, chain, index, chain.length - index, drafts)
    const [{ partition }] = chain as [AuditEntry]
    const heads = new Map(
      trail.entries
        .filter((entry) => entry.partition === partition)
        .map((entry) => [entry.sequence, entry.entryHash]),
    )
    for (const [i, { partition: of, sequence, at: when }] of trail.checkpoints.entries())
      if (of === partition)
        trail.checkpoints[i] = foreign.sign(
          { ...emptyChain(of), sequence, head: heads.get(sequence) ?? '' },
          when,
        )
  },
} satisfies Record<string, Alter>

/** Puts other entries in the place of some of a chain, well linked to those before them. */
function rewrite(
  { entries }: TestTrail,
  chain: AuditEntry[],
  from: number,
  count: number,
  drafts: AuditEntry[],
): void {
  const before = chain[from - 1]
  const { partition, sequence, at } = chain[from] as AuditEntry
  const state = {
    ...emptyChain(partition),
    sequence: sequence - 1,
    ...(before ? { head: before.entryHash } : {}),
  }
  const { entries: others } = append(state, drafts, at)
  for (const [i, other] of others.slice(0, count).entries())
    entries[entries.indexOf(chain[from + i] as AuditEntry)] = other
}

function truncate(
  trail: TestTrail,
  chain: AuditEntry[],
  how: number,
  { signatures }: { signatures: boolean },
): AuditEntry[] {
  const gone = chain.slice(indexOf(chain, how))
  const [{ partition, sequence }] = gone as [AuditEntry]
  trail.entries = trail.entries.filter((entry) => !gone.includes(entry))
  if (signatures)
    trail.checkpoints = trail.checkpoints.filter(
      (checkpoint) => checkpoint.partition !== partition || checkpoint.sequence < sequence,
    )
  return gone
}

/** Another value in one field of one of them. */
function edit(list: object[], at: number, field: number): void {
  const index = indexOf(list, at)
  const object = list[index] as Record<string, unknown>
  const names = Object.keys(object)
  const name = names[field % names.length] as string
  list[index] = { ...object, [name]: another(object[name]) }
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return value === 'RECORD' ? 'RANGE' : `${value}x`
  return Buffer.concat([Buffer.of(120), (value as Buffer | null) ?? Buffer.alloc(0)])
}
