import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { laneSteps } from '../../kafka/log/lane-steps.ts'
import { localCodec } from '../memory/local-codec.ts'
import type { CountingProcess } from './counting-process.ts'
import { timer } from './counting-service.ts'
import { kafkaWorld } from './kafka-world.ts'
import type { World } from './world.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA ?? ''
const program = join(import.meta.dirname, 'counting-process.ts')
const orders = 20
const foreign = ['foreign-a', 'foreign-b', 'foreign-c']
/** Steps that a lane takes again and again; the others belong to its opening. */
const commits: readonly string[] = ['request sent', 'batch written', 'outputs written', 'settled']

describe('lanes whose processes are killed', { timeout: 180_000 }, () => {
  let world: World
  let children: ChildProcess[]
  let sent: number
  let feeding: Promise<void>
  let isFed: boolean

  beforeEach(async () => {
    world = await kafkaWorld(brokers.split(','), localCodec)
    children = []
    sent = 0
    isFed = false
  })

  afterEach(async () => {
    isFed = true
    await feeding
    await Promise.all(children.map(kill))
    await world.tearDown()
  })

  const start = (diesAt?: CountingProcess['diesAt']): ChildProcess => {
    const { service, topics } = world
    const told = JSON.stringify({ service, topics, diesAt } satisfies CountingProcess)
    const child = spawn(process.execPath, [program, brokers, told], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    children.push(child)
    return child
  }

  const kill = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Resolves when the process has killed itself, as it was told. */
  const killed = async (child: ChildProcess) => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
  }

  /** Records for all orders in turn, a few at a time, until the test has seen enough. */
  const feed = async () => {
    while (!isFed) {
      const batch = Array.from({ length: 10 }, () => ++sent)
      for (const n of batch) {
        const key = `order-${n % orders}`
        await world.put(world.topics.input, key, timer(key, 0, `case-${n}`))
      }
      // Another program that writes to a topic of the lanes is none of theirs, and moves their records on.
      for (const key of foreign) await world.put(world.topics.output, key, timer(key, 0, ''))
      await pause(5)
    }
  }

  const own = async () =>
    (await world.published(world.topics.output)).filter(({ key }) => !foreign.includes(key))

  const published = async () => (await own()).length

  const progress = async (records: number) => {
    const before = await published()
    await world.until(`${records} more records`, async () => (await published()) >= before + records)
  }

  const expectEverythingOnceInOrder = async () => {
    isFed = true
    await feeding
    await world.until('all records published', async () => (await published()) >= sent)
    await pause(1_000)
    const records = await own()
    expect(records).toHaveLength(sent)
    for (let k = 0; k < orders; k++) {
      const mine = records.filter((record) => record.key === `order-${k}`)
      const inputs = Array.from({ length: sent }, (_, i) => i + 1).filter((n) => n % orders === k)
      expect(mine.map((record) => record.value?.caseId)).toEqual(inputs.map((n) => `case-${n}`))
      expect(mine.map((record) => record.value?.version)).toEqual(inputs.map((_, i) => i + 1))
    }
  }

  it('lose, double and reorder nothing when a process is killed again and again', async () => {
    let older = start()
    let newer = start()
    feeding = feed()
    await progress(200)
    for (let round = 0; round < 4; round++) {
      // The older one has lanes for certain, and records under way as they come without end.
      await kill(older)
      older = newer
      newer = start()
      await progress(300)
    }
    await expectEverythingOnceInOrder()
  })

  it('lose, double and reorder nothing when a process dies behind any step of an opening or a commit', async () => {
    feeding = feed()
    await killed(start({ step: 'batch written', times: 20 }))
    for (const step of laneSteps) {
      // To publish what is missing there has to be something missing: the one before died with a batch that it owed.
      if (step === 'missing outputs written') await killed(start({ step: 'batch written', times: 5 }))
      await killed(start({ step, times: commits.includes(step) ? 5 : 1 }))
    }
    start()
    await progress(100)
    await expectEverythingOnceInOrder()
  })

  it('shut out a process that was frozen while another took over', async () => {
    const frozen = start()
    feeding = feed()
    await progress(100)
    frozen.kill('SIGSTOP')
    start()
    await progress(200)
    frozen.kill('SIGCONT')
    await progress(300)
    await expectEverythingOnceInOrder()
  })
})
