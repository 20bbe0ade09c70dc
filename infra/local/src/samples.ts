import { join } from 'node:path'
import { finish, output } from './command.ts'
import { environment } from './config.ts'
import { nodeFlags, repository } from './folders.ts'
import type { Progress } from './progress.ts'
import { type ChildSpec, type Supervision, supervise } from './supervise.ts'
import type { Teardown } from './teardown.ts'

const cli = join(repository, 'services', 'cli', 'bin', 'holdpoint.mjs')
const samplePolicy = join(repository, 'infra', 'samples', 'policy.yaml')

export type SampleOptions = {
  env: Record<string, string>
  logDir: string
  ordersPerMinute: number
  seed: number
  progress: Progress
  supervision: Supervision
  teardown: Teardown
}

const holdpoint = (args: readonly string[], env: Record<string, string>) => ({
  name: `holdpoint ${args.join(' ')}`,
  command: process.execPath,
  args: [...nodeFlags, cli, ...args],
  env,
})

/** Publishes the sample policy unless a policy is published already. */
export async function publishSamplePolicy({ env, progress }: SampleOptions): Promise<void> {
  await progress.step('Policy', async (detail) => {
    const shown = await finish(holdpoint(['policy', 'show', '--json'], env))
    if (shown.code === 0) return detail('published before')
    await output(holdpoint(['policy', 'publish', samplePolicy], env))
    detail('sample published')
  })
}

/** Feeds sample orders for as long as the stack runs. */
export async function feedSampleOrders(options: SampleOptions): Promise<void> {
  const feed = supervise(feeder(options), options.supervision)
  options.teardown.add(feed)
  await feed.start()
}

function feeder({ env, logDir, ordersPerMinute, seed }: SampleOptions): ChildSpec {
  const rate = ['--orders-per-minute', String(ordersPerMinute), '--seed', String(seed)]
  return {
    name: 'sample-orders',
    command: process.execPath,
    args: [...nodeFlags, cli, 'orders', 'generate', '--continuous', ...rate],
    cwd: repository,
    env: { ...environment, ...env },
    logFile: join(logDir, 'sample-orders.log'),
    isReady: async () => true,
    readyWithinMs: 5_000,
    stopWithinMs: 5_000,
  }
}

/** Waits for the next decision and gives it as people read it. */
export async function firstDecision({ env, progress }: SampleOptions): Promise<string> {
  return progress.step('First decision', async () => {
    const shown = await output(holdpoint(['decisions', 'follow', '--limit', '1'], env))
    return shown.trim()
  })
}
