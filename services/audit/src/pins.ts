import type { AuditCheckpoint } from '@holdpoint/schemas'
import { signatureCheck } from './checkpoint.ts'
import type { Expected } from './expected.ts'
import { readLine } from './lines.ts'
import type { Report } from './report.ts'

/**
 * What is kept outside of the trail to hold it against: the keys that may sign, and the newest checkpoint of each chain
 * that was ever proved. Chains are never taken from it, and none becomes shorter.
 */
export interface Pins {
  keys: readonly string[]
  /** One for each chain, by partition. */
  checkpoints: readonly AuditCheckpoint[]
}

const format = 'holdpoint-audit-pins'

export const writePins = ({ keys, checkpoints }: Pins): string =>
  `${JSON.stringify({ [format]: 1, keys, checkpoints }, null, 2)}\n`

/** A text that holds no checkpoints, or some that are not as they were signed; the message says what to do. */
export class NoCheckpoints extends Error {
  readonly code = 'NO_CHECKPOINTS'
  readonly canRetry = false
}

/**
 * Reads pins, or whatever else has checkpoints: what a witness kept, a copy of the trail, the JSON of a verification.
 * Without keys of its own, those count that signed the checkpoints: they were kept where the trail is not.
 */
export function readPins(text: string, from: string): Pins {
  const { keys, checkpoints } = pinned(text) ?? { keys: undefined, checkpoints: ofLines(text) }
  const isSigned = signatureCheck()
  for (const checkpoint of checkpoints)
    if (!isSigned(checkpoint))
      throw new NoCheckpoints(
        `In ${from} the checkpoint of partition ${checkpoint.partition} is not as it was signed. Put the file back from where it was kept.`,
      )
  if (checkpoints.length === 0)
    throw new NoCheckpoints(
      `There is no checkpoint in ${from}. Give a file of pins, of a witness, or a copy made by audit export.`,
    )
  return { keys: keys ?? [...new Set(checkpoints.map(({ keyId }) => keyId))], checkpoints }
}

export const expectedOf = ({ keys, checkpoints }: Pins, from: string): Required<Expected> => ({
  keys,
  known: checkpoints.map((checkpoint) => ({ checkpoint, from })),
})

/** The pins after a trail was found to be sound; chains that it does not have keep theirs. */
export function grow(pins: Pins | undefined, { chains, keyIds }: Report): Pins {
  const newest = new Map(pins?.checkpoints.map((one) => [one.partition, one]))
  for (const { newest: checkpoint } of chains)
    if (checkpoint && checkpoint.sequence >= (newest.get(checkpoint.partition)?.sequence ?? 0))
      newest.set(checkpoint.partition, checkpoint)
  const checkpoints = [...newest.values()].sort((a, b) => a.partition - b.partition)
  return { keys: [...new Set([...(pins?.keys ?? []), ...keyIds])], checkpoints }
}

function pinned(text: string): { keys: string[] | undefined; checkpoints: AuditCheckpoint[] } | undefined {
  let object: { keys?: string[]; checkpoints?: AuditCheckpoint[]; chains?: Report['chains'] }
  try {
    object = JSON.parse(text)
  } catch {
    return undefined
  }
  if (format in object) return { keys: object.keys, checkpoints: object.checkpoints ?? [] }
  if (!Array.isArray(object.chains)) return undefined
  return { keys: undefined, checkpoints: object.chains.flatMap(({ newest }) => newest ?? []) }
}

/** One checkpoint a line, among lines of other kinds. */
function ofLines(text: string): AuditCheckpoint[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('{"checkpoint":')) return []
    const read = readLine(line)
    return read?.kind === 'checkpoint' ? [read.value] : []
  })
}
