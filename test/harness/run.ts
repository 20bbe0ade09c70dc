/**
 * `npm test`: brings up servers of its own, runs every test, stops them, and says how many passed and failed.
 * Arguments are passed to vitest; with arguments, chaos is left out.
 */
import { join } from 'node:path'
import {
  blockSize,
  createTeardown,
  dataRoot,
  freeBlock,
  messageFor,
  onStopRequest,
  planPorts,
  type Reaper,
  startReaper,
  startStack,
  type Teardown,
  terminalProgress,
} from '@holdpoint/local'
import { runChaos } from './chaos-run.ts'
import { type Tally, tallyLine, total } from './tally.ts'
import { runVitest } from './vitest-run.ts'

const interrupted = 130

const progress = terminalProgress()
const teardown = createTeardown()
const reaper = startReaper()
teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
onStopRequest(() => void teardown.stop().finally(() => process.exit(interrupted)), teardown.hurry)

const tally = await allTests(process.argv.slice(2)).catch(failure)
await teardown.stop()
// The end of a long output is what is read first, and often all that is kept.
for (const failure of tally.failures ?? []) progress.line(`✗ ${failure}`)
progress.line(tallyLine(tally))
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0

async function allTests(args: readonly string[]): Promise<Tally> {
  const ofVitest = await withServers((urls, tracking) => [
    () => runVitest('unit', args, {}, tracking),
    () => runVitest('stack', args, urls, tracking),
  ])
  return total(args.length > 0 ? ofVitest : [...ofVitest, await runChaos({ reaper, teardown })])
}

type Urls = Awaited<ReturnType<typeof startStack>>['servers']['urls']
type Runs = (urls: Urls, tracking: { reaper: Reaper; teardown: Teardown }) => (() => Promise<Tally>)[]

/** Runs one after the other while the servers are up. */
async function withServers(runs: Runs): Promise<Tally[]> {
  const ofServers = createTeardown()
  teardown.add(ofServers)
  const { servers } = await startStack({
    project: 'holdpoint-test',
    dataDir: join(dataRoot, 'test'),
    fresh: true,
    brokers: 1,
    lanes: 4,
    docker: true,
    withServices: false,
    ports: planPorts(await freeBlock(blockSize), 1),
    external: { kafkaBrokers: undefined, schemaRegistryUrl: undefined, redisUrl: undefined },
    progress,
    reaper,
    teardown: ofServers,
  })
  const tallies: Tally[] = []
  for (const run of runs(servers.urls, { reaper, teardown: ofServers })) tallies.push(await run())
  await ofServers.stop()
  return tallies
}

function failure(error: unknown): Tally {
  if (teardown.stopping()) return { passed: 0, failed: 0 }
  progress.line(messageFor(error))
  return { passed: 0, failed: 1 }
}
