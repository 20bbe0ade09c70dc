import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaneRecord } from '@holdpoint/chassis'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPins } from '../pins.ts'
import { type TestTrail, testKey, writeTrail } from '../testing/trail.ts'
import { openWitness, telling } from './witness.ts'

let folder: string
let server: Server
let answer = 204
let told: string[]
let trail: TestTrail
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-witness-'))
  told = []
  answer = 204
  server = createServer(async (request, response) => {
    told.push(Buffer.concat(await request.toArray()).toString())
    response.writeHead(answer, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  trail = await writeTrail([[['desk.commands.v1', 'O-1']], [['desk.commands.v1', 'O-1']]])
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const records = () =>
  trail.checkpoints.map((value, offset) => ({ offset, value }) as LaneRecord<'audit.checkpoints.v1'>)
const topic = 'audit.checkpoints.v1'

test('a file has a line for each checkpoint, and a trail can be held against it', async () => {
  const file = join(folder, 'elsewhere', 'witness.jsonl')
  const witness = openWitness(file)
  for (const checkpoint of trail.checkpoints) await witness([checkpoint])
  expect(readPins(readFileSync(file, 'utf8'), file)).toEqual({
    keys: [testKey.keyId],
    checkpoints: trail.checkpoints,
  })
})

test('an address is sent the same lines', async () => {
  await openWitness(url())(trail.checkpoints)
  expect(readPins(told[0] as string, 'the request').checkpoints).toEqual(trail.checkpoints)
})

test.each([500, 302])('a witness that answers %i has not taken them', async (status) => {
  answer = status
  await expect(openWitness(url())(trail.checkpoints)).rejects.toMatchObject({ code: 'WITNESS_AWAY' })
})

test('after a restart it goes on behind the last one that was taken', async () => {
  const positions = join(folder, 'audit', 'witnessed.json')
  const first = telling(openWitness(url()), positions)
  expect(first.from(topic, 0)).toBe(0)
  answer = 503
  await expect(first.onBatch(topic, 0, records())).rejects.toMatchObject({ code: 'WITNESS_AWAY' })
  expect(first.from(topic, 0)).toBe(0)
  answer = 204
  await first.onBatch(topic, 0, records())
  const again = telling(openWitness(url()), positions)
  expect([again.from(topic, 0), again.from(topic, 1)]).toEqual([trail.checkpoints.length, 0])
})

test('what others wrote to the topic is passed over', async () => {
  const unreadable = {
    offset: 9,
    get value(): never {
      throw new Error('no Avro')
    },
  } as unknown as LaneRecord<'audit.checkpoints.v1'>
  await telling(openWitness(url()), join(folder, 'witnessed.json')).onBatch(topic, 0, [unreadable])
  expect(told).toEqual([])
})
