import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newTrial, type Policy, parsePolicy, revisionsOf, tryOn } from '@holdpoint/policy'
import { beforeAll, expect, test } from 'vitest'
import { type Fakers, loadFakers } from './customers.ts'
import { type Life, lifeOfOrder } from './life-of-order.ts'

const samplePolicy = join(import.meta.dirname, '../../../../infra/samples/wholesaler.policy.yaml')
const orders = 1_000
const day = Date.parse('2026-03-02T00:00:00Z')
let fakers: Fakers
let policy: Policy

beforeAll(async () => {
  fakers = await loadFakers()
  const read = parsePolicy(readFileSync(samplePolicy, 'utf8'))
  if (!('policy' in read)) throw new Error('The sample policy has errors.')
  policy = read.policy
}, 30_000)

function findingsOn({ first, later }: Life): number {
  const trial = newTrial(undefined, policy)
  for (const revision of revisionsOf([first, ...later])) tryOn(trial, undefined, policy, revision)
  return [...trial.types.values()].reduce((sum, { after }) => sum + after, 0)
}

test.each([1, 2, 3])('of a tidy mix most orders go straight through the sample policy (seed %i)', (seed) => {
  const lives = Array.from({ length: orders }, (_, index) =>
    lifeOfOrder(fakers, { seed, day, mix: 'tidy' }, index),
  )
  const straight = lives.filter((life) => findingsOn(life) === 0).length
  expect(straight / orders).toBeGreaterThan(0.78)
  expect(straight / orders).toBeLessThan(0.87)
})
