import { expect, test } from 'vitest'
import { serviceNames } from '../port-plan.ts'
import { readPackages } from './packages.ts'
import { packagesBehind, restartsFor } from './restarts-for.ts'

const packages = readPackages()
const restarts = (file: string) => restartsFor(file, serviceNames, packages)

test.each([
  ['services/router/src/decide.ts', ['router']],
  ['services/sla-timer/src/steps.ts', ['sla-timer']],
  ['services/desk/src/api/app.ts', ['desk']],
  ['services/desk/contract/src/cases.ts', ['desk']],
  ['services/policy/src/judge.ts', ['classifier', 'router', 'notifier', 'desk']],
  ['services/chassis/src/lane/handle-batch.ts', serviceNames],
  ['schemas/avro/types/Order.avsc', serviceNames],
])('a change of %s starts again who runs it, and nobody else', (file, who) => {
  expect(restarts(file)).toEqual(who)
})

test.each([
  'services/router/src/decide.test.ts',
  'services/desk/src/testing/api-world.ts',
  'services/audit/src/trail-for-tests.ts',
  'services/router/README.md',
  'services/desk/console/src/order/OrderPage.tsx',
  'services/cli/src/main.ts',
  'infra/local/src/start.ts',
])('a change of %s starts nobody again', (file) => {
  expect(restarts(file)).toEqual([])
})

test('a package counts through others that need it', () => {
  const chain = [
    { name: 'router', folder: 'services/router', needs: ['middle'] },
    { name: 'middle', folder: 'middle', needs: ['far', 'router'] },
    { name: 'far', folder: 'far', needs: [] },
  ]
  expect(restartsFor('far/src/a.ts', ['router'], chain)).toEqual(['router'])
  expect(packagesBehind(['router'], chain).map((one) => one.folder)).toEqual([
    'services/router',
    'middle',
    'far',
  ])
})
