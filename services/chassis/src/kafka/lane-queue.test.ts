import { describe, expect, it, test } from 'vitest'
import { type AnyLaneService, handleBatch } from '../lane/handle-batch.ts'
import { LaneState } from '../lane/lane-state.ts'
import { Patience } from '../lane/patience.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import { done } from '../outcomes.ts'
import { localCodec } from '../testing/memory/local-codec.ts'
import type { FetchedPart } from './brokers.ts'
import { InputQueue, nextBatch } from './lane-queue.ts'

const batch = (from: number, records: number, { valueBytes = 1, controls = 0 } = {}): FetchedPart => {
  const messages = Array.from({ length: records }, (_, i) => ({
    offset: String(from + i),
    timestamp: '0',
    key: Buffer.from(`k-${from + i}`),
    value: Buffer.alloc(valueBytes),
  }))
  return {
    topic: 'input',
    partition: 0,
    end: 1_000_000,
    messages,
    next: from + records + controls,
  } as unknown as FetchedPart
}

const queueOf = (...batches: FetchedPart[]) => {
  const queue = new InputQueue('input', 0, 0, localCodec)
  for (const each of batches) queue.add(each)
  return queue
}

describe('the queue of an input', () => {
  it('commits behind the control records when all of its records are dealt with', () => {
    const queue = queueOf(batch(0, 3, { controls: 1 }))
    expect(queue.positionAfter(2)).toBe(2)
    expect(queue.positionAfter(3)).toBe(4)
  })

  it('is full of many records, or of many bytes, and not full any more when half of it is gone', () => {
    expect(queueOf(batch(0, 100)).isFull).toBe(false)
    expect(queueOf(batch(0, 3, { valueBytes: 4_000_000 })).isFull).toBe(true)
    const queue = queueOf(batch(0, 5_000))
    expect(queue.isFull).toBe(true)
    expect(queue.isDrained).toBe(false)
    queue.drop(4_000, 4_000)
    expect(queue.isDrained).toBe(true)
  })
})

test('a batch that nobody can read is a dead letter with its bytes, whatever the handler would do with it', async () => {
  const bytes = Buffer.from('the whole batch')
  const unreadable = 'The batch of records of offsets 0 to 9 is compressed with codec 5.'
  const message = { offset: '9', timestamp: '0', key: null, value: bytes, unreadable }
  const queue = queueOf({ ...batch(0, 1), messages: [message], next: 10 } as unknown as FetchedPart)
  await resolveSchemas(queue.records, localCodec)
  const service = {
    service: 'intake',
    inputs: ['orders.inbound.v1'],
    outputs: [],
    deadLetters: 'orders.inbound.v1.dlq',
    handle: () => done(),
  } as AnyLaneService
  const context = {
    service,
    partition: 0,
    partitions: () => 1,
    state: new LaneState(),
    codec: localCodec,
    patience: new Patience(),
    now: 0,
    steadyNow: 0,
  }
  const { publish, deadLettered } = await handleBatch(context, queue.records)
  expect(deadLettered).toMatchObject([{ code: 'UNDECODABLE', problems: [{ message: unreadable }] }])
  const [letter] = publish
  expect(letter?.key).toBeNull()
  expect(localCodec.decode('orders.inbound.v1.dlq', letter?.value as Buffer)).toMatchObject({
    offset: 9,
    value: bytes,
  })
  expect(queue.fetchFrom).toBe(10)
})

describe('the next batch of a lane', () => {
  it('takes from all inputs in turn, so that a long one does not keep a short one waiting', () => {
    const long = queueOf(batch(0, 3_000))
    const short = queueOf(batch(0, 2))
    const records = nextBatch([long, short])
    expect(records.length).toBe(1_000)
    expect(records.slice(0, 4).filter((record) => short.records.includes(record))).toHaveLength(2)
  })

  it('is limited in bytes, but never empty', () => {
    expect(nextBatch([queueOf(batch(0, 10, { valueBytes: 900_000 }))])).toHaveLength(2)
    expect(nextBatch([queueOf(batch(0, 2, { valueBytes: 3_000_000 }))])).toHaveLength(1)
  })
})
