import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { readKeys } from '@holdpoint/chassis/bench'
import { repository } from '@holdpoint/local'
import type { Encoded } from './encode.ts'
import { Arrivals } from './measure.ts'
import { publishAll } from './watch.ts'
import type { Workbench } from './workbench.ts'

const hopFile = join(repository, 'services', 'chassis', 'src', 'bench', 'bare-hop.ts')

/**
 * Records per second at the end of a chain of identity hops, each a process of its own as the services are, from a
 * backlog of the same bytes on as many partitions.
 */
export async function bareRate(
  bench: Workbench,
  records: readonly Encoded[],
  hops: number,
  transactions: 'on' | 'off',
): Promise<number> {
  const topics = Array.from({ length: hops + 1 }, (_, i) => `bench.bare.${hops}.${transactions}.${i}`)
  await bench.createTopics(topics)
  await publishAll(bench, topics[0] as string, records)
  const arrivals = new Arrivals()
  const brokers = bench.urls.kafkaBrokers.split(',')
  const reading = await readKeys(brokers, topics[hops] as string, (key) => arrivals.take(key))
  const children = await Promise.all(
    topics.slice(1).map((to, i) => startHop(bench, topics[i] as string, to, transactions)),
  )
  try {
    await arrivals.reach(records.length)
  } finally {
    for (const child of children) child.kill('SIGTERM')
    await reading.stop()
  }
  bench.say(
    `bare chain, ${hops} hops, transactions ${transactions}: ${Math.round(arrivals.perSecond)} records/s`,
  )
  return arrivals.perSecond
}

async function startHop(
  bench: Workbench,
  from: string,
  to: string,
  transactions: string,
): Promise<ChildProcess> {
  const args = [
    hopFile,
    '--brokers',
    bench.urls.kafkaBrokers,
    '--from',
    from,
    '--to',
    to,
    '--transactions',
    transactions,
  ]
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  bench.adopt(child)
  await once(child.stdout, 'data')
  return child
}
