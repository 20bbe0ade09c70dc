import { memoryPublisher } from '@holdpoint/chassis/testing'
import { expect, it } from 'vitest'
import { fiona, t0 } from '../testing/messages.ts'
import { createOutbox } from './outbox.ts'

const policy = { version: 1, title: '', text: '', digest: '', changes: [], by: fiona, reason: '', at: t0 }
const records = [{ key: '1', value: policy }]
const failing = (code?: string) => {
  const publisher = memoryPublisher()
  publisher.fail(Object.assign(new Error('failed'), code ? { code } : {}))
  return createOutbox(async () => publisher).send('policy.versions.v1', records)
}

it('says sent once the publisher has the acknowledgement', async () => {
  const publisher = memoryPublisher()
  expect(await createOutbox(async () => publisher).send('policy.versions.v1', records)).toBe('sent')
  expect(publisher.sent).toMatchObject([{ topic: 'policy.versions.v1', key: '1', value: policy }])
})

it('tells nothing sent from perhaps sent', async () => {
  expect(await failing('KAFKA_AWAY')).toBe('away')
  expect(await failing('REGISTRY_AWAY')).toBe('away')
  expect(await failing('PUBLISH_UNKNOWN')).toBe('unknown')
})

it('does not wait for ever: what is not acknowledged in time is unknown', async () => {
  const silent = { ...memoryPublisher(), send: () => new Promise<void>(() => {}) }
  expect(await createOutbox(async () => silent, 20).send('policy.versions.v1', records)).toBe('unknown')
})

it('rejects what can never be sent', async () => {
  await expect(failing('TOO_LARGE')).rejects.toThrow('failed')
  await expect(failing()).rejects.toThrow('failed')
})
