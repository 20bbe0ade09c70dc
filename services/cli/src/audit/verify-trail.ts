import {
  type Expected,
  grow,
  openSpill,
  type Report,
  type Trail,
  type VerifyOptions as VerifySettings,
  verify,
} from '@holdpoint/audit'
import { Misuse } from '../failures.ts'
import { requireWritable } from '../file-problems.ts'
import type { Session } from '../session.ts'
import { withTrail } from './open-trail.ts'
import { type HeldAgainst, heldAgainst, keepPins } from './pins-file.ts'
import { type Pinned, reportText } from './report-text.ts'
import { isExtract, verifyExtract } from './verify-extract.ts'

export interface VerifyOptions {
  trust?: string[]
  pins?: string
  against?: string[]
  atRest?: boolean
  sinceKnown?: boolean
}

export async function verifyTrail(session: Session, options: VerifyOptions, file?: string): Promise<void> {
  const { trust, against, pins: pinsFile = session.pinsFile } = options
  if (options.pins !== undefined && file === undefined) requireWritable(options.pins)
  const held = heldAgainst({ trust, against, pinsFile })
  if (file !== undefined && (await isExtract(file))) return verifyExtract(session, held.expected, file)
  const onlyNew = options.sinceKnown === true
  const since = onlyNew ? sinceOf(held.expected) : undefined
  const { expected } = held
  const settings = { now: session.now(), atRest: options.atRest === true, expected, onlyNew }
  const report = await withTrail(session, file, (trail) => verifyWith(trail, settings), since)
  const pinned = file === undefined ? keepWhatIsNew(held, report) : undefined
  session.show({ ...report, heldAgainst: held.from, pinned: pinned ?? null }, () =>
    reportText(report, held.from, pinned),
  )
  if (report.verdict === 'BROKEN') session.no()
  if (report.verdict === 'UNJUDGED') session.cannotSay()
}

/** What has to be remembered of each entry lies in a file of its own: a trail may be longer than memory is large. */
async function verifyWith(trail: Trail, settings: VerifySettings): Promise<Report> {
  const spill = openSpill()
  try {
    return await verify(trail, { ...settings, blocks: spill.blocks })
  } finally {
    spill.close()
  }
}

/** An entry is written after its records, and published after the checkpoint before it: by so much at most, milliseconds. */
const longestBehindMs = 24 * 60 * 60 * 1000

function sinceOf({ known }: Expected): number {
  if (!known)
    throw new Misuse(
      'Nothing is known of this trail yet: verify all of it first, or name earlier checkpoints with --pins or --against.',
    )
  return known.reduce((first, { checkpoint }) => Math.min(first, checkpoint.at), Infinity) - longestBehindMs
}

function keepWhatIsNew({ pins }: HeldAgainst, report: Report): Pinned | undefined {
  if (!pins || report.findings.length > 0) return undefined
  if (report.chains.every(({ newest }) => newest === null)) return undefined
  keepPins(pins.file, grow(pins.read, report))
  return { file: pins.file, isFirst: pins.read === undefined }
}
