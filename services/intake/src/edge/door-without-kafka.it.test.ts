import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { toJson } from '@holdpoint/schemas'
import { afterEach, expect, test } from 'vitest'
import { testServers, until } from '../../../../test/harness/index.ts'
import { ORDER, sampleEvent } from '../testing/sample-inputs.ts'

let intake: ChildProcess | undefined
afterEach(async () => {
  const ended = new Promise((resolve) => intake?.once('exit', resolve))
  if (intake?.kill('SIGTERM')) await ended
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The real process, with nothing behind the given addresses. */
async function startIntake(environment: { KAFKA_BROKERS: string; SCHEMA_REGISTRY_URL: string }) {
  const port = await freePort()
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const env = { PATH: process.env.PATH, HTTP_PORT: String(port), LOG_LEVEL: 'silent', ...environment }
  intake = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}`
  await until('intake listens', () =>
    fetch(`${url}/livez`).then(
      (one) => one.ok,
      () => false,
    ),
  )
  return url
}

function sendEvent(url: string): Promise<Response> {
  return fetch(`${url}/v1/orders/${ORDER}/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(toJson('orders.inbound.v1', sampleEvent())),
  })
}

test.each(['KAFKA', 'REGISTRY'])(
  'without its %s a starting intake answers 503 and is not ready',
  async (missing) => {
    const { kafkaBrokers, schemaRegistryUrl } = testServers()
    const nobody = `127.0.0.1:${await freePort()}`
    const url = await startIntake({
      KAFKA_BROKERS: missing === 'KAFKA' ? nobody : kafkaBrokers,
      SCHEMA_REGISTRY_URL: missing === 'REGISTRY' ? `http://${nobody}` : schemaRegistryUrl,
    })
    const response = await until('the door is open', async () => {
      const answer = await sendEvent(url)
      return answer.status !== 404 && answer
    })
    expect(response).toMatchObject({ status: 503 })
    expect(await (response as Response).json()).toMatchObject({ code: `${missing}_AWAY` })
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
  },
)
