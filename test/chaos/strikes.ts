import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceName } from '@holdpoint/local'
import { Redis } from 'ioredis'
import { chance } from './chance.ts'
import type { Company } from './company.ts'
import type { Gate } from './feed.ts'
import type { Flow } from './flow.ts'
import { broker, type Strike } from './plan.ts'

/** A strike as it was carried out. Times in milliseconds since the first event. */
export interface Struck extends Strike {
  at: number
  /** Records that waited for the victim or were in its hands. */
  waiting: number
  /** Orders that were sent and not decided. */
  undecided: number
  /** Until it, or who stood in for it, was ready again; null for a flush. */
  backAfterMs: number | null
  /** Until its lanes wrote again, without the time that it was kept down; null where that does not show. */
  stalledMs: number | null
}

/** How long a strike waits for a moment at which its victim is at work. */
const patienceMs = 10_000
/** How long a process that was frozen and the one that stood in for it run side by side. */
const besideMs = 1_000

/** Carries out one strike after the other, each once so many events are sent and its victim is at work. */
export async function strikeAll(
  company: Company,
  flow: Flow,
  strikes: readonly Strike[],
  { seed, gate, sent }: { seed: number; gate: Gate; sent: () => number },
): Promise<Struck[]> {
  const begun = Date.now()
  const struck: Struck[] = []
  for (const [i, strike] of strikes.entries()) {
    gate.open(strike.afterEvents)
    while (sent() < strike.afterEvents) await pause(10)
    await pause(chance(seed, `pause ${i}`) * 200)
    // What flows from now on is what the strike hits.
    gate.open(strikes[i + 1]?.afterEvents ?? Number.POSITIVE_INFINITY)
    const patience = Date.now() + patienceMs
    while (flow.waitingFor(strike.victim) <= 0 && Date.now() < patience) await pause(2)
    const at = Date.now() - begun
    const waiting = flow.waitingFor(strike.victim)
    const { undecided } = flow
    const writesAgain = flow.nextOutputOf(strike.victim)
    const backAfterMs = await carryOut(company, strike)
    const wroteAfterMs = strike.what === 'flush' ? null : await within(patienceMs, writesAgain)
    const stalledMs = wroteAfterMs && Math.max(0, wroteAfterMs - (strike.what === 'kill' ? strike.downMs : 0))
    struck.push({ ...strike, at, waiting, undecided, backAfterMs, stalledMs })
    company.say(lineOf(struck.at(-1) as Struck, i, strikes.length))
  }
  return struck
}

/** Gives how long it took until the victim was ready again. */
async function carryOut(company: Company, { what, victim, downMs }: Strike): Promise<number | null> {
  if (what === 'flush' || victim === 'redis') return flush(company)
  if (what === 'freeze') return freeze(company, victim as ServiceName, downMs)
  const since = Date.now()
  if (victim === broker) {
    await company.servers.kill(victim)
    await pause(downMs)
    await company.servers.start(victim)
  } else {
    await company.services.kill(victim)
    await pause(downMs)
    await company.services.start(victim)
  }
  return Date.now() - since
}

/** Goes on only once another instance works on its lanes, and is alone again when it does. */
async function freeze({ services, standIn }: Company, victim: ServiceName, leastMs: number): Promise<number> {
  const pid = services.pid(victim)
  if (pid === undefined) throw new Error(`${victim} does not run and cannot be frozen`)
  const since = Date.now()
  process.kill(pid, 'SIGSTOP')
  const other = await standIn(victim)
  const backAfterMs = Date.now() - since
  await pause(Math.max(0, leastMs - backAfterMs))
  process.kill(pid, 'SIGCONT')
  await pause(besideMs)
  await other.stop()
  await services.start(victim)
  return backAfterMs
}

async function within<Value>(ms: number, value: Promise<Value>): Promise<Value | null> {
  return Promise.race([value, pause(ms, null, { ref: false })])
}

async function flush({ servers }: Company): Promise<null> {
  const redis = new Redis(servers.urls.redisUrl, { maxRetriesPerRequest: 3 })
  await redis.flushall()
  redis.disconnect()
  return null
}

function lineOf(
  { what, victim, at, waiting, undecided, backAfterMs }: Struck,
  i: number,
  of: number,
): string {
  const did = `${{ flush: 'flushed', kill: 'killed', freeze: 'froze' }[what]} ${victim}`
  const back = backAfterMs === null ? '' : `, ready again after ${(backAfterMs / 1000).toFixed(1)} s`
  return `${String(i + 1).padStart(3)}/${of}  ${(at / 1000).toFixed(1).padStart(6)} s  ${did}: ${waiting} records with it, ${undecided} orders under way${back}`
}
