import { expect, test } from 'vitest'
import { StackError } from '../errors.ts'
import { tellingRestart } from './restart-on-change.ts'

function world(restart: () => Promise<void>) {
  const lines: string[] = []
  return { lines, again: tellingRestart(restart, (line) => lines.push(line)) }
}

test('a restart is told with its reason once the service is ready', async () => {
  const { lines, again } = world(async () => undefined)
  await again('router', ['a.ts', 'b.ts', 'c.ts'])
  expect(lines).toEqual([expect.stringMatching(/^↻ router {2}a\.ts and 2 more {2}\d+\.\d s$/)])
})

test('of two restarts of one service, the later one is told; others speak for themselves', async () => {
  const ready = Promise.withResolvers<void>()
  const { lines, again } = world(() => ready.promise)
  const all = [again('router', ['a.ts']), again('router', ['b.ts']), again('desk', ['a.ts'])]
  ready.resolve()
  await Promise.all(all)
  expect(lines).toEqual([expect.stringContaining('router  b.ts'), expect.stringContaining('desk  a.ts')])
})

test('a stop says nothing, a service that does not come up does', async () => {
  const stopped = world(() => Promise.reject(new StackError('STOPPED', 'Everything ends.')))
  await stopped.again('router', ['a.ts'])
  expect(stopped.lines).toEqual([])
  const broken = world(() => Promise.reject(new StackError('NOT_READY', 'router was not ready.')))
  await broken.again('router', ['a.ts'])
  expect(broken.lines).toEqual(['router was not ready.'])
})
