import { type Policy, parsePolicy } from '@holdpoint/policy'
import { gaps, type Lack } from '@holdpoint/policy/duty'
import type { PolicyVersion } from '../desk/answers.ts'
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

/** Proves that every exception type has an owner and a different backup at every minute, or lists the holes. */
export async function listGaps(session: Session, options: GapsOptions): Promise<void> {
  const [roster, policy] = await Promise.all([
    rosterFrom(session, options.roster),
    options.policy === undefined ? policyInForce(session) : policyIn(options.policy),
  ])
  const fromMs = options.from === undefined ? session.now() : instantIn(options.from)
  const types = [...policy.types.values()]
  const holes = gaps({ roster, types, fromMs, toMs: fromMs + options.days * dayMs })
  const value = holes.map((hole) => ({ ...hole, from: isoOf(hole.from), to: isoOf(hole.to) }))
  session.show({ days: options.days, types: types.length, holes: value }, () =>
    holes.length === 0
      ? `For ${options.days} days each of ${types.length} exception types has an owner and a different backup on duty.\n`
      : tableOf(
          ['EXCEPTION', 'FROM', 'TO', 'WHAT IS MISSING'],
          holes.map(({ type, from, to, what }) => [type, clock(isoOf(from)), clock(isoOf(to)), lacks[what]]),
        ),
  )
  if (holes.length > 0) session.no()
}

async function policyInForce({ desk }: Session): Promise<Policy> {
  const { text, version } = await desk.get<PolicyVersion>('/policy')
  const read = parsePolicy(text)
  if ('policy' in read) return read.policy
  throw new Failure('POLICY_ERRORS', `This program is too old to read policy version ${version}.`)
}
