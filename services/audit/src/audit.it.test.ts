import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, connect, type Publisher } from '@holdpoint/chassis'
import type { AuditCheckpoint } from '@holdpoint/schemas'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { copyOf } from './copy.ts'
import { expectedOf, grow, readPins } from './pins.ts'
import { trailOfCopy } from './read-copy.ts'
import { readOrderKeys, reveal } from './reveal.ts'
import { command, forget } from './testing/command.ts'
import { each } from './testing/trail.ts'
import { trailOfTopics } from './trail.ts'
import { verify } from './verify.ts'

let services: TestServices
let kafka: Connection
let publisher: Publisher
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-witness-'))
  services = await startTestServices({ only: ['audit'], env: { AUDIT_WITNESS: witnessFile() } })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  publisher = await kafka.publisher()
})

afterAll(async () => {
  await kafka?.stop()
  await services?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const witnessFile = () => join(folder, 'witness.jsonl')

const trail = () => trailOfTopics((topics) => kafka.readAll(topics))
const proof = (atRest: boolean) => verify(trail(), { now: Date.now(), atRest })

/** Sends what people and other services would, readable or not. */
async function send(count: number): Promise<void> {
  const run = randomUUID()
  const keys = Array.from({ length: count }, (_, i) => `${run}-${i}`)
  await publisher.send(
    'desk.commands.v1',
    keys.map((key) => ({ key, value: command(key) })),
  )
  await publisher.sendBytes(
    'cases.findings.v1',
    keys.map((key) => ({ key: Buffer.from(key), value: Buffer.from('no Avro') })),
  )
}

const allCovered = () =>
  until('everything is covered', async () => (await proof(false)).records?.awaiting === 0)

test('the trail covers every record, also those that nobody can read, and survives a kill', async () => {
  await send(40)
  for (let kill = 0; kill < 3; kill++) {
    const sending = send(100)
    await services.kill('audit')
    await services.start('audit')
    await sending
  }
  await allCovered()
  const { findings, records } = await proof(true)
  expect(findings).toEqual([])
  expect(records?.verified).toBeGreaterThanOrEqual(2 * 340)
}, 180_000)

test('a forgotten order stays forgotten over a kill, also what is said about it later, and the trail is proved', async () => {
  const orderId = `forget-${randomUUID()}`
  const say = () => publisher.send('desk.commands.v1', [{ key: orderId, value: command(orderId) }])
  const states = async () => {
    const keys = await readOrderKeys((topics) => kafka.readAll(topics))
    const found: string[] = []
    for await (const { value } of kafka.readAll(['audit.entries.v1']))
      if (value?.orderId === orderId) found.push(`${value.what} ${reveal(value, keys).state}`)
    return found
  }
  await say()
  await allCovered()
  expect(await states()).toEqual(['command APPROVE proved'])
  await publisher.send('audit.forgets.v1', [{ key: orderId, value: forget(orderId) }])
  await allCovered()
  await services.kill('audit')
  await services.start('audit')
  await say()
  await allCovered()
  const closed = 'command APPROVE forgotten'
  expect(await states()).toEqual([closed, 'forgotten plain', closed])
  expect((await proof(true)).findings).toEqual([])
}, 120_000)

test('what others write to the topics of the trail is named, and neither audit nor its proof stops at it', async () => {
  const foreign = { key: Buffer.from('O-foreign'), value: Buffer.from('no Avro') }
  for (const topic of ['audit.entries.v1', 'audit.checkpoints.v1'] as const)
    await publisher.sendBytes(topic, [foreign, { ...foreign, value: null }])
  await services.kill('audit')
  await services.start('audit')
  await send(20)
  await allCovered()
  const report = await proof(true)
  expect(report.findings).toEqual([])
  expect(report.foreign).toHaveLength(4)
  expect(report.foreign[0]?.where).toMatch(/^audit\.checkpoints\.v1, partition \d+, offset \d+$/)
}, 120_000)

test('a copy that is made while records come in is a trail at rest', async () => {
  const stopped = new AbortController()
  const sending = (async () => {
    while (!stopped.signal.aborted) await send(20)
  })()
  try {
    for (let copies = 0; copies < 5; copies++) {
      const lines: string[] = []
      for await (const line of copyOf(trail())) lines.push(line)
      const first = await verify(await trailOfCopy(each(lines)), { now: Date.now(), atRest: true })
      expect(first.findings).toEqual([])
      const expected = expectedOf(grow(undefined, first), 'a first look')
      const again = await verify(await trailOfCopy(each(lines)), { now: Date.now(), atRest: true, expected })
      expect([again.verdict, again.records?.awaiting]).toEqual(['PROVED', 0])
    }
  } finally {
    stopped.abort()
    await sending
  }
}, 120_000)

test('the witness has every checkpoint, also of before it was asked, and the trail is held against it', async () => {
  await allCovered()
  const { chains } = await proof(false)
  const witnessed = await until('the witness has the newest checkpoints', () => {
    const pins = readPins(readFileSync(witnessFile(), 'utf8'), 'the witness')
    const has = (newest: AuditCheckpoint | null) =>
      pins.checkpoints.some((one) => one.partition === newest?.partition && one.sequence >= newest.sequence)
    return chains.every(({ newest }) => has(newest)) ? pins : undefined
  })
  const expected = expectedOf(witnessed, 'the witness')
  expect(await verify(trail(), { now: Date.now(), atRest: true, expected })).toMatchObject({
    verdict: 'PROVED',
  })
}, 60_000)

test('a flipped byte in a copy of the trail is named', async () => {
  await allCovered()
  const lines: string[] = []
  for await (const line of copyOf(trail())) lines.push(line)
  const at = lines.findIndex((line) => line.includes('"who":"fiona"'))
  const { sequence, partition } = JSON.parse(lines[at] as string).entry
  lines[at] = (lines[at] as string).replace('"who":"fiona"', '"who":"fionb"')
  const { findings } = await verify(await trailOfCopy(each(lines)), { now: Date.now(), atRest: true })
  expect(findings).toMatchObject([{ code: 'EDITED', entry: { partition, sequence } }])
})
