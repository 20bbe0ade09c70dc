import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localCodec } from '../memory/local-codec.ts'
import { timer } from './counting-service.ts'
import { kafkaWorld } from './kafka-world.ts'
import type { World } from './world.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA ?? ''
const program = join(import.meta.dirname, 'counting-process.ts')
const orders = 20

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

  const start = (): ChildProcess => {
    const { service, topics } = world
    const child = spawn(process.execPath, [program, brokers, JSON.stringify({ service, topics })], {
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

  /** Records for all orders in turn, a few at a time, until the test has seen enough. */
  const feed = async () => {
    while (!isFed) {
      const batch = Array.from({ length: 10 }, () => ++sent)
      for (const n of batch) {
        const key = `order-${n % orders}`
        await world.put(world.topics.input, key, timer(key, 0, `case-${n}`))
      }
      await pause(5)
    }
  }

  const published = async () => (await world.published(world.topics.output)).length

  const progress = async (records: number) => {
    const before = await published()
    await world.until(`${records} more records`, async () => (await published()) >= before + records)
  }

  const expectEverythingOnceInOrder = async () => {
    isFed = true
    await feeding
    await world.until('all records published', async () => (await published()) >= sent)
    await pause(1_000)
    const records = await world.published(world.topics.output)
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
