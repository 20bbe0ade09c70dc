import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'

const program = join(import.meta.dirname, '..', 'testing', 'service.ts')
const patience = { timeout: 20_000, interval: 100 }

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

describe('the process of a service', { timeout: 30_000 }, () => {
  let child: ChildProcess
  let output: string

  const start = (environment: Record<string, string>) => {
    output = ''
    child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, ...environment } })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes) => {
        output += bytes
      })
  }

  const exitCode = async () => (child.exitCode ?? (await once(child, 'exit'))[0]) as number

  afterEach(() => {
    child.kill('SIGKILL')
  })

  it('waits for Kafka: it is live, not ready, says so, and stops when told', async () => {
    const port = await freePort()
    start({
      KAFKA_BROKERS: `127.0.0.1:${await freePort()}`,
      SCHEMA_REGISTRY_URL: `http://127.0.0.1:${await freePort()}`,
      HTTP_PORT: String(port),
    })
    const readyz = await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/readyz`), patience)
    expect(readyz.status).toBe(503)
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200)
    await vi.waitFor(() => expect(output).toMatch(/cannot be (reached|asked); trying again/), patience)
    child.kill('SIGTERM')
    expect(await exitCode()).toBe(0)
    expect(output).toContain('"msg":"stopped"')
  })

  it('does not start with a wrong environment, and names each variable', async () => {
    start({ KAFKA_BROKERS: 'nowhere' })
    expect(await exitCode()).toBe(78)
    expect(output).toMatch(/KAFKA_BROKERS.*\n.*SCHEMA_REGISTRY_URL.*\n.*HTTP_PORT/)
  })

  it('ends with code 1 and names the port when that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    start({
      KAFKA_BROKERS: '127.0.0.1:1',
      SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
      HTTP_PORT: String(port),
    })
    expect(await exitCode()).toBe(1)
    expect(output).toContain(`127.0.0.1:${port} is in use`)
    taken.close()
  })
})
