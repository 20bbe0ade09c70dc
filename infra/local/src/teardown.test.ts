import { expect, test } from 'vitest'
import { createTeardown } from './teardown.ts'

function recorded() {
  const calls: string[] = []
  const one = (name: string, stop: () => Promise<void> = async () => undefined) => ({
    async stop() {
      calls.push(`stop ${name}`)
      await stop()
    },
    hurry: () => void calls.push(`hurry ${name}`),
  })
  return { calls, one }
}

test('what was started last is stopped first, one after the other', async () => {
  const { calls, one } = recorded()
  const teardown = createTeardown()
  teardown.add(one('servers'))
  teardown.add(one('services'))
  expect(teardown.stopping()).toBe(false)
  await teardown.stop()
  expect(teardown.stopping()).toBe(true)
  expect(calls).toEqual(['stop services', 'stop servers'])
})

test('a second stop waits for the first and stops nothing twice', async () => {
  const { calls, one } = recorded()
  const teardown = createTeardown()
  teardown.add(one('services'))
  await Promise.all([teardown.stop(), teardown.stop()])
  expect(calls).toEqual(['stop services'])
})

test('hurrying reaches what is being stopped and all that is still to be', async () => {
  const { calls, one } = recorded()
  const teardown = createTeardown()
  const { promise, resolve: finish } = Promise.withResolvers<void>()
  teardown.add(one('servers'))
  teardown.add(one('services', () => promise))
  const stopped = teardown.stop()
  teardown.hurry()
  finish()
  await stopped
  expect(calls).toEqual(['stop services', 'hurry services', 'hurry servers', 'stop servers'])
})

test('one that cannot be stopped does not keep the others up', async () => {
  const { calls, one } = recorded()
  const teardown = createTeardown()
  teardown.add(one('servers'))
  teardown.add(one('services', () => Promise.reject(new Error('stuck'))))
  await expect(teardown.stop()).rejects.toThrow('stuck')
  expect(calls).toEqual(['stop services', 'stop servers'])
})

test('nothing can be added once the stop has begun', async () => {
  const { one } = recorded()
  const teardown = createTeardown()
  await teardown.stop()
  expect(() => teardown.add(one('late'))).toThrow(expect.objectContaining({ code: 'STOPPED' }))
})
