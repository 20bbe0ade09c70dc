import { memoryLanes } from '@holdpoint/chassis/testing'
import { expect, test } from 'vitest'
import { intake } from './handlers.ts'
import { limits } from './limits.ts'
import { NOW, ORDER, sampleCorrection, sampleEvent } from './testing/sample-inputs.ts'

const lanes = () => memoryLanes(intake, { clock: NOW })

test('an event becomes a revision of its order and the state of its lane', async () => {
  const world = lanes()
  world.put('orders.inbound.v1', ORDER, sampleEvent())
  await world.run()
  expect(world.published('orders.revisions.v1')).toMatchObject([{ key: ORDER, value: { revision: 1 } }])
  expect(world.state(ORDER)).toMatchObject({ revision: 1, seen: [{ eventId: 'e-1' }] })
})

test('a correction becomes a revision, also after a restart', async () => {
  const world = lanes()
  world.put('orders.inbound.v1', ORDER, sampleEvent())
  await world.run()
  world.restart()
  world.put('orders.corrections.v1', ORDER, sampleCorrection())
  world.put('orders.corrections.v1', ORDER, sampleCorrection())
  await world.run()
  expect(world.published('orders.revisions.v1')).toMatchObject([
    { value: { revision: 1 } },
    { value: { revision: 2, order: { shipping: { city: 'York' } } } },
  ])
  expect(world.deadLetters()).toEqual([])
})

test('a refused event is kept with its bytes and its problems, and the next one goes on', async () => {
  const world = lanes()
  const refused = world.put('orders.inbound.v1', ORDER, sampleEvent({ eventId: '', order: null }))
  world.put('orders.inbound.v1', ORDER, sampleEvent())
  await world.run()
  expect(world.deadLetters()).toMatchObject([
    {
      code: 'INVALID',
      topic: 'orders.inbound.v1',
      value: refused.value,
      problems: [{ path: 'eventId' }, { path: 'order' }],
    },
  ])
  expect(world.published('orders.revisions.v1')).toHaveLength(1)
})

test('a duplicate leaves no trace', async () => {
  const world = lanes()
  world.put('orders.inbound.v1', ORDER, sampleEvent())
  world.put('orders.inbound.v1', ORDER, sampleEvent())
  await world.run()
  expect(world.published('orders.revisions.v1')).toHaveLength(1)
  expect(world.deadLetters()).toEqual([])
})

test('bytes that are no event are kept as UNDECODABLE', async () => {
  const world = lanes()
  world.putBytes('orders.inbound.v1', Buffer.from(ORDER), Buffer.from('no Avro'))
  await world.run()
  expect(world.deadLetters()).toMatchObject([{ code: 'UNDECODABLE', value: Buffer.from('no Avro') }])
})

test('a record without a key is refused', async () => {
  const world = lanes()
  const { value } = world.put('orders.inbound.v1', 'SO-9', sampleEvent(), 0)
  world.putBytes('orders.inbound.v1', null, value, 0)
  await world.run()
  expect(world.deadLetters()).toMatchObject([
    { code: 'INVALID', problems: [{ path: 'key' }] },
    { code: 'INVALID', key: null, problems: [{ path: 'key' }] },
  ])
})

test('a record without a value is refused', async () => {
  const world = lanes()
  world.put('orders.inbound.v1', ORDER, null)
  await world.run()
  expect(world.deadLetters()).toMatchObject([{ code: 'INVALID', value: null }])
})

test('an event above the size limit is refused', async () => {
  const world = lanes()
  world.put('orders.inbound.v1', ORDER, sampleEvent({ facts: { note: 'x'.repeat(limits.eventBytes) } }))
  await world.run()
  expect(world.deadLetters()).toMatchObject([
    { code: 'INVALID', problems: [{ message: expect.stringContaining('bytes') }] },
  ])
})
