import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repository, serviceNames } from '@holdpoint/local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServices, type TestServices } from '../harness/index.ts'

describe('with everything that they need', () => {
  let services: TestServices

  beforeAll(async () => {
    services = await startTestServices()
  })

  afterAll(() => services?.stop())

  test.each(serviceNames)('%s is alive, ready and measured', async (name) => {
    for (const path of ['livez', 'readyz', 'metrics']) {
      const response = await fetch(`${services.urlOf(name)}/${path}`)
      expect(`${path} ${response.status}`).toBe(`${path} 200`)
    }
  })

  test.each(serviceNames)('%s did not have to be started twice', (name) => {
    expect(services.restarts(name)).toBe(0)
  })
})

test.each(serviceNames)('%s refuses to start without settings and names what is missing', (name) => {
  const { status, stderr } = spawnSync(process.execPath, [join('services', name, 'src', 'main.ts')], {
    cwd: repository,
    env: { PATH: '' },
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(status).toBe(78)
  expect(stderr).toContain('KAFKA_BROKERS')
})
