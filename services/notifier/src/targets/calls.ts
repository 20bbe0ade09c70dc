import { type Delivered, failedForNow, refused } from '../channels/port.ts'
import { turns } from '../turns.ts'
import { deliveredBy, waitOf } from './answered.ts'
import type { Answer, Post } from './post.ts'
import type { Target, TargetKind, Targets } from './targets.ts'

export interface Clock {
  /** Milliseconds UTC. */
  now(): number
  /** Milliseconds on a clock that nobody sets. */
  steady(): number
}

/** What goes to a target. */
export interface Parcel {
  body: string
  headers: Readonly<Record<string, string>>
}

/** Sends what `pack` makes to the target of that name. */
export type Call = (
  name: string,
  kinds: readonly TargetKind[],
  pack: (target: Target) => Parcel,
) => Promise<Delivered>

/** So many targets are called at a time. */
const mostCalls = 32

/** How long a target that does not answer is left alone; and one that asks for patience, at most. Milliseconds. */
const silencePauseMs = 5_000
const longestPauseMs = 600_000

/**
 * Calls targets by their names. One that does not answer, or that asks for patience, is left alone for a while: until
 * then what goes there fails at once, so that nobody waits behind it.
 */
export function createCalls(targets: Targets, post: Post, clock: Clock): Call {
  const inTurn = turns(mostCalls)
  const resting = new Map<string, { until: number; detail: string }>()
  const call = async (target: Target, { body, headers }: Parcel): Promise<Delivered> => {
    const rest = resting.get(target.name)
    if (rest && clock.steady() < rest.until) return failedForNow(rest.detail)
    const answer = await post(target, body, { 'content-type': 'application/json', ...headers })
    const delivered = deliveredBy(answer, target.name, secretTexts(target), clock.now())
    const pause = pauseAfter(answer, clock.now())
    if (pause > 0) resting.set(target.name, { until: clock.steady() + pause, detail: delivered.detail })
    return delivered
  }
  return async (name, kinds, pack) => {
    const target = targets.get(name)
    if (!target) return refused(`There is no target ${JSON.stringify(name)}: add it to TARGETS_FILE.`)
    if (!kinds.includes(target.kind))
      return refused(`${name} is of kind ${target.kind}, not ${kinds.join(' or ')}.`)
    return inTurn(() => call(target, pack(target)))
  }
}

function pauseAfter(answer: Answer, now: number): number {
  if (answer.kind === 'silent' || answer.kind === 'unreachable') return silencePauseMs
  if (answer.kind !== 'answered' || answer.status < 400) return 0
  return Math.min(waitOf(answer, now) ?? 0, longestPauseMs)
}

/** What a target might say back and nobody is to read. */
function secretTexts({ url, secrets }: Target): string[] {
  const { href, host, pathname, search } = url
  return [
    href,
    `${pathname}${search}`,
    pathname,
    search,
    host,
    ...secrets.map((key) => key.toString('base64')),
  ]
}
