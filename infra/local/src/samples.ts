import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Command, output } from './command.ts'
import { environment } from './config.ts'
import { StackError } from './errors.ts'
import { nodeFlags, repository } from './folders.ts'
import type { Progress } from './progress.ts'
import { type ChildSpec, type Supervision, supervise } from './supervise.ts'
import type { Teardown } from './teardown.ts'

const cli = join(repository, 'services', 'cli', 'bin', 'holdpoint.mjs')
/** From the repository's folder, where the command line is run: what it says names the file so. */
const samples = join('infra', 'samples')

export type SampleOptions = {
  /** Where the command line finds the stack. */
  env: Record<string, string>
  deskUrl: string
  logDir: string
  ordersPerMinute: number
  seed: number
  /** Whether nothing was kept from an earlier start. */
  isFirst: boolean
  progress: Progress
  supervision: Supervision
  teardown: Teardown
}

/** Tells the orders that are made up here from all others. */
const letter = 'H'

/** So many orders are there from the beginning, so that the first who looks meets a company at work. */
const headStart = 100

const firstDecisionWithinMs = 60_000

function holdpoint(args: readonly string[], env: Record<string, string>): Command {
  return {
    name: `holdpoint ${args.join(' ')}`,
    command: process.execPath,
    args: [...nodeFlags, cli, ...args],
    env,
  }
}

/** Publishes the sample policy and roster, each unless there is one already. */
export async function publishSamples({ env, deskUrl, progress }: SampleOptions): Promise<void> {
  await progress.step('Policy and roster', async (detail) => {
    const published: string[] = []
    // The roster last: with it, the administrator who may publish before there is one goes.
    for (const what of ['policy', 'roster'] as const) {
      if (await isPublished(what, deskUrl)) continue
      const file = join(samples, what === 'policy' ? 'wholesaler.policy.yaml' : 'roster.yaml')
      await output(holdpoint([what, 'publish', file, '--as', 'admin', '--reason', `The sample ${what}`], env))
      published.push(what)
    }
    detail(published.length > 0 ? `sample ${published.join(' and ')} published` : 'published before')
  })
}

async function isPublished(what: 'policy' | 'roster', deskUrl: string): Promise<boolean> {
  const response = await fetch(`${deskUrl}/api/v1/${what}`)
  const body = await response.text()
  if (response.status === 404) return false
  if (!response.ok) throw new StackError('COMMAND_FAILED', `The desk could not show the ${what}: ${body}`)
  return what === 'policy' || (JSON.parse(body) as { people: unknown[] }).people.length > 0
}

/** Feeds sample orders for as long as the stack runs. */
export async function feedSampleOrders(options: SampleOptions): Promise<void> {
  const feed = supervise(feeder(options), options.supervision)
  options.teardown.add(feed)
  await feed.start()
}

function feeder(options: SampleOptions): ChildSpec {
  const { ordersPerMinute, seed, isFirst } = options
  const rate = ['--orders-per-minute', String(ordersPerMinute), '--seed', String(seed)]
  const begin = isFirst ? ['--at-once', String(headStart)] : []
  const stream = ['orders', 'generate', '--continuous', '--letter', letter, ...rate, ...begin]
  return sampleProcess('sample-orders', stream, options)
}

/** Lets the people of the sample roster decide cases of the sample orders for as long as the stack runs. */
export async function putPeopleToWork(options: SampleOptions): Promise<void> {
  const people = supervise(
    sampleProcess('sample-people', ['people', '--letter', letter], options),
    options.supervision,
  )
  options.teardown.add(people)
  await people.start()
}

function sampleProcess(name: string, argv: readonly string[], { env, logDir }: SampleOptions): ChildSpec {
  const { command, args } = holdpoint(argv, env)
  return {
    name,
    command,
    args,
    cwd: repository,
    env: { ...environment, ...env },
    logFile: join(logDir, `${name}.log`),
    isReady: async () => true,
    readyWithinMs: 5_000,
    stopWithinMs: 5_000,
  }
}

/** Waits for the next decision and gives it as people read it. */
export async function firstDecision({ env, progress }: SampleOptions): Promise<string> {
  return progress.step('First decision', () => firstLine(holdpoint(['decisions', 'follow'], env)))
}

async function firstLine({ name, command, args, env }: Command): Promise<string> {
  const child = spawn(command, args, {
    cwd: repository,
    env: { ...environment, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const signal = AbortSignal.timeout(firstDecisionWithinMs)
    const [line] = (await once(createInterface({ input: child.stdout }), 'line', { signal })) as [string]
    return line
  } catch (cause) {
    throw new StackError('NOT_READY', `${name} showed nothing within ${firstDecisionWithinMs / 1000} s.`, {
      cause,
    })
  } finally {
    child.kill()
  }
}
