import type { PolicyVersion } from '@holdpoint/desk-contract'
import { newTrial, type Policy, parsePolicy, type Trial, type TypeTrial, tryOn } from '@holdpoint/policy'
import { Failure, Misuse } from '../failures.ts'
import { instantIn } from '../instants.ts'
import { count, Progress } from '../progress.ts'
import type { Session } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { policyIn } from './policy-file.ts'
import { type Portions, revisionsOfFiles, revisionsSince } from './trial-orders.ts'

export interface TryOptions {
  orders?: string
  since?: string
  against?: string
}

/** Shows what a policy finds that the one in force does not, and the other way round. */
export async function tryPolicy(session: Session, options: TryOptions, file?: string): Promise<void> {
  const after = await policyIn(file as string)
  const before =
    options.against === undefined ? await policyInForce(session) : await policyIn(options.against)
  const trial = newTrial(before, after)
  const progress = new Progress(session.terminal, 'Judging', 'revisions')
  for await (const { revisions, part } of source(session, options)) {
    for (const revision of revisions) tryOn(trial, before, after, revision)
    progress.set(trial.revisions, part)
  }
  progress.end()
  const types = [...trial.types.values()]
  session.show({ revisions: trial.revisions, types }, () => trialText(trial, after))
}

function source(session: Session, { orders, since }: TryOptions): Portions {
  if ((orders === undefined) === (since === undefined)) throw new Misuse('Say either --orders or --since.')
  return orders === undefined
    ? revisionsSince(session.places, sinceIn(since as string, session.now()))
    : revisionsOfFiles(orders)
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `7d`, `12h`, `30m`, or an instant. */
function sinceIn(text: string, now: number): number {
  const [, number, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? []
  return number === undefined ? instantIn(text) : now - Number(number) * units[unit as keyof typeof units]
}

async function policyInForce({ desk }: Session): Promise<Policy | undefined> {
  const version = await desk.find<PolicyVersion>('/policy')
  if (!version) return undefined
  const read = parsePolicy(version.text)
  if ('policy' in read) return read.policy
  throw new Failure('POLICY_ERRORS', `This program is too old to read policy version ${version.version}.`)
}

function trialText({ revisions, types }: Trial, after: Policy): string {
  const all = [...types.values()]
  const rows = all
    .filter((one) => one.before + one.after > 0)
    .map((one) => [
      after.types.get(one.type)?.name ?? `${one.type} (no longer in the policy)`,
      count(one.before),
      count(one.after),
      count(one.newlyCaught),
      count(one.noLongerCaught),
      examplesOf(one),
    ])
  const silent = all.length - rows.length
  return [
    rows.length > 0
      ? tableOf(['EXCEPTION', 'FOUND NOW', 'BY THE FILE', 'NEWLY', 'NO LONGER', 'SUCH AS'], rows)
      : '',
    silent > 0 ? `${silent} exception types match none of these orders.\n` : '',
    `${count(revisions)} revisions judged.\n`,
  ].join('')
}

function examplesOf({ examples: { newlyCaught, noLongerCaught } }: TypeTrial): string {
  const gained = newlyCaught.slice(0, 2).map(({ orderId }) => `+${orderId}`)
  const lost = noLongerCaught.slice(0, 2).map(({ orderId }) => `-${orderId}`)
  return [...gained, ...lost].join(' ')
}
