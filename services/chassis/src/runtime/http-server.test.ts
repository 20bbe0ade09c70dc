import type { Server } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { closeServer, createApp, listen } from './http-server.ts'
import { createMetrics } from './metrics.ts'
import { Readiness } from './readiness.ts'

let open: Server[] = []

afterEach(async () => {
  await Promise.all(open.map(closeServer))
  open = []
})

const serve = async (readiness: Readiness, port = 0) => {
  const metrics = createMetrics('test')
  const { server, url } = await listen(createApp(metrics.registry, readiness), '127.0.0.1', port)
  open.push(server)
  return { metrics, url }
}

it('is live before it is ready, and names what it waits for', async () => {
  const readiness = new Readiness()
  let restored = false
  readiness.when('lanes', () => restored)
  const { url } = await serve(readiness)
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  const early = await fetch(`${url}/readyz`)
  expect(early.status).toBe(503)
  expect(await early.json()).toEqual({
    status: 'not ready',
    waitsFor: ['the start', 'lanes'],
    waitingLanes: [],
  })
  readiness.started()
  restored = true
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})

it('names a lane that waits, and is not ready once it has waited for more than a minute', async () => {
  const since = Date.UTC(2026, 2, 2, 9)
  let now = since
  const readiness = new Readiness(() => now)
  readiness.started()
  const waiting = [{ lane: 3, why: 'Version 9 has not arrived.', since }]
  readiness.when(
    'lanes',
    () => true,
    () => waiting,
  )
  const { url } = await serve(readiness)
  const told = async () => {
    const response = await fetch(`${url}/readyz`)
    return { status: response.status, ...((await response.json()) as object) }
  }
  const waitingLanes = [{ lane: 3, why: 'Version 9 has not arrived.', since: '2026-03-02T09:00:00.000Z' }]
  now += 60_000
  expect(await told()).toEqual({ status: 'ready', waitsFor: [], waitingLanes })
  now += 1
  const body = {
    status: 'not ready',
    waitsFor: ['lane 3, which has waited since 2026-03-02T09:00:00.000Z: Version 9 has not arrived.'],
    waitingLanes,
  }
  expect(await told()).toEqual(body)
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  waiting.pop()
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})

it('shows its metrics', async () => {
  const { url, metrics } = await serve(new Readiness())
  metrics.outcomes.inc({ outcome: 'deadLetter', code: 'INVALID' })
  const text = await (await fetch(`${url}/metrics`)).text()
  expect(text).toContain('holdpoint_outcomes_total{outcome="deadLetter",code="INVALID",service="test"} 1')
})

it('says which port is taken', async () => {
  const { url } = await serve(new Readiness())
  const port = Number(new URL(url).port)
  await expect(serve(new Readiness(), port)).rejects.toThrow(`127.0.0.1:${port} is in use`)
})
