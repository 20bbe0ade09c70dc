import type { PolicyVersion } from '@holdpoint/desk-contract'
import { type ExceptionType, type Policy, parsePolicy } from '@holdpoint/policy'
import {
  gaps,
  type Hole,
  type Lack,
  type UndecidedTime,
  undecidableInWords,
  undecidedTimes,
} from '@holdpoint/policy/duty'
import { Failure } from '../failures.ts'
import { instantIn, isoOf } from '../instants.ts'
import { policyIn } from '../policy/policy-file.ts'
import type { Session } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { clock } from '../times.ts'
import { rosterFrom } from './roster-source.ts'

export interface GapsOptions {
  days: number
  from?: string
  roster?: string
  policy?: string
}

const dayMs = 86_400_000

const lacks: Readonly<Record<Lack, string>> = {
  'no-owner': 'nobody of the owner role',
  'no-backup': 'nobody of the backup role',
  'same-person': 'the owner on duty is the only backup',
}

/**
 * Proves that every exception type has at every minute an owner and a different backup, and enough people to decide its
 * cases, or lists the holes.
 */
export async function listGaps(session: Session, options: GapsOptions): Promise<void> {
  const [roster, policy] = await Promise.all([
    rosterFrom(session, options.roster),
    options.policy === undefined ? policyInForce(session) : policyIn(options.policy),
  ])
  const fromMs = options.from === undefined ? session.now() : instantIn(options.from)
  const types = [...policy.types.values()]
  const question = { roster, types, fromMs, toMs: fromMs + options.days * dayMs }
  const holes = [
    ...gaps(question).map(lackHole),
    ...undecidedTimes(question).map(undecidedHole(policy)),
  ].sort((one, other) => one.from - other.from)
  const value = holes.map(({ missing, ...hole }) => ({
    ...hole,
    from: isoOf(hole.from),
    to: isoOf(hole.to),
    why: missing,
  }))
  session.show({ days: options.days, types: types.length, holes: value }, () =>
    holes.length === 0
      ? `For ${options.days} days each of ${types.length} exception types has an owner and a different backup on duty.\n`
      : tableOf(
          ['EXCEPTION', 'FROM', 'TO', 'WHAT IS MISSING'],
          holes.map(({ type, from, to, missing }) => [type, clock(isoOf(from)), clock(isoOf(to)), missing]),
        ),
  )
  if (holes.length > 0) session.no()
}

interface Shown {
  type: string
  from: number
  to: number
  what: string
  /** Role that has such a case at once; null for none. */
  next?: string | null
  /** What is missing, in words. */
  missing: string
}

const lackHole = (hole: Hole): Shown => ({ ...hole, missing: lacks[hole.what] })

const undecidedHole =
  ({ types }: Policy) =>
  ({ type, from, to, ...one }: UndecidedTime): Shown => ({
    type,
    from,
    to,
    what: one.what,
    next: one.next ?? null,
    missing: undecidableInWords(one, types.get(type) as ExceptionType),
  })

async function policyInForce({ desk }: Session): Promise<Policy> {
  const { text, version } = await desk.get<PolicyVersion>('/policy')
  const read = parsePolicy(text)
  if ('policy' in read) return read.policy
  throw new Failure('POLICY_ERRORS', `This program is too old to read policy version ${version}.`)
}
