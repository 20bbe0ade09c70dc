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
  expect(await early.json()).toEqual({ status: 'not ready', waitsFor: ['the start', 'lanes'] })
  readiness.started()
  restored = true
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
