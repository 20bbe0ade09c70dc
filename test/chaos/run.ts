import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { trailOfTopics, verify } from '@holdpoint/audit'
import { libraryFolder } from '@holdpoint/local'
import { findJava } from '../../infra/local/src/java.ts'
import { fetched } from '../../infra/local/src/maven.ts'
import { kafkaJars } from '../../infra/local/src/servers/kafka.ts'
import { javaNeeded } from '../../infra/local/src/settings.ts'
import { check, type LawReport, topicsToRecord } from './checker/check.ts'
import { type Company, openCompany } from './company.ts'
import { feed, Gate } from './feed.ts'
import { Flow } from './flow.ts'
import type { ChaosOptions } from './options.ts'
import { loadOrders } from './orders.ts'
import { People } from './people.ts'
import { planStrikes } from './plan.ts'
import { record, recordsOf } from './recording/record.ts'
import type { ChaosReport } from './report.ts'
import { strikeAll } from './strikes.ts'

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const company = await openCompany()
  try {
    return await run(company, options)
  } finally {
    await company.stop()
  }
}

async function run(company: Company, options: ChaosOptions): Promise<ChaosReport> {
  const { events, source } = await loadOrders(options)
  company.say(`${events.length} orders: ${source}`)
  const flow = new Flow()
  await flow.watch(company.kafka)
  const begun = Date.now()
  const people = new People(company, options.seed)
  const working = people.work()
  let sent = 0
  const gate = new Gate()
  const onSent = (count: number) => {
    sent = count
  }
  const feeding = feed(company, flow, events, { gate, onSent })
  const plan = planStrikes({ ...options, events: events.length })
  const strikes = await strikeAll(company, flow, plan, { seed: options.seed, gate, sent: () => sent })
  await feeding
  company.say('All orders are sent and all strikes done; waiting for the chain to rest.')
  const unrest = await untilAtRest(flow, events.length)
  people.stop()
  await working
  const seconds = (Date.now() - begun) / 1000
  const proof = await proveTrail(company)
  await company.services.stop()
  const laws = await holdAgainstTheLaws(company)
  const completed = laws.find(({ name }) => name === 'chain')?.seen.completed ?? 0
  const at = new Date(begun).toISOString()
  return {
    at,
    source,
    seed: options.seed,
    offered: events.length,
    completed,
    unrest,
    seconds,
    strikes,
    laws,
    proof,
  }
}

/** Nothing is under way and nothing came for this long. */
const quietMs = 3_000
/** Longer than the longest deadline of a case: a chain in which nothing happens for so long is stuck. */
const stuckAfterMs = 120_000
/** Reminders go on for ever while a case is open, so patience has an end that grows with the work. */
const restWithinMs = (orders: number): number => 300_000 + 100 * orders

/** Gives what was still under way when nothing came any more, or when patience ended. */
async function untilAtRest(flow: Flow, orders: number): Promise<string[]> {
  const deadline = Date.now() + restWithinMs(orders)
  for (;;) {
    const unrest = flow.unrest()
    const quietFor = Date.now() - flow.lastAt
    if (unrest.length === 0 && quietFor > quietMs) return []
    if (unrest.length > 0 && quietFor > stuckAfterMs) return unrest
    if (Date.now() > deadline) return unrest.length > 0 ? unrest : ['records kept coming']
    await pause(200)
  }
}

/** What the product says of its own trail. */
async function proveTrail({ kafka }: Company): Promise<string[]> {
  const trail = trailOfTopics((topics) => kafka.readAll(topics))
  const { findings, unjudged, foreign } = await verify(trail, { now: Date.now(), atRest: true })
  // Nobody has looked at this trail before.
  const faults = unjudged.filter(({ code }) => code !== 'KEYS_UNKNOWN' && code !== 'ENDS_UNKNOWN')
  return [
    ...[...findings, ...faults].map(({ code, message }) => `${code} ${message}`),
    ...foreign.map(({ where, problem }) => `FOREIGN ${where}: ${problem}`),
  ]
}

async function holdAgainstTheLaws({ servers, folder }: Company): Promise<LawReport[]> {
  const place = {
    brokers: servers.urls.kafkaBrokers,
    registryUrl: servers.urls.schemaRegistryUrl,
    java: findJava(javaNeeded.kafka).path,
    jars: await fetched(kafkaJars, libraryFolder),
  }
  const recording = join(folder, 'recording')
  const readAt = Date.now()
  await record(place, topicsToRecord, recording)
  return check(recordsOf(recording), readAt)
}
