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
  onStopRequest,
  planPorts,
  StackError,
  startReaper,
  startStack,
  terminalProgress,
} from '@holdpoint/local'
import { runChaos } from './chaos-run.ts'
import { type Tally, tallyLine, total } from './tally.ts'
import { runVitest } from './vitest-run.ts'

const progress = terminalProgress()
const teardown = createTeardown()
const args = process.argv.slice(2)

try {
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  onStopRequest(() => teardown.stop().then(() => process.exit(130)), teardown.hurry)
  const tally = total(await allTests())
  progress.line(tallyLine(tally))
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0

  async function allTests(): Promise<Tally[]> {
    const stack = await startStack({
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
      teardown,
    })
    const unit = await runVitest('unit', args, {})
    const onStack = await runVitest('stack', args, stack.servers.urls)
    await teardown.stop()
    return [unit, onStack, ...(args.length > 0 ? [] : [await runChaos()])]
  }
} catch (error) {
  await teardown.stop().catch(() => undefined)
  progress.line(error instanceof StackError ? error.message : String((error as Error).stack))
  progress.line(tallyLine({ passed: 0, failed: 1 }))
  process.exitCode = 1
}
