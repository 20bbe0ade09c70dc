import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { smallDisk, until } from '../../../../test/harness/index.ts'

const disk = smallDisk(24)
const program = join(import.meta.dirname, '..', 'testing', 'service.ts')
const title = `a service whose log and data lie on a full disk${disk ? '' : ' (left out: only root may mount a small disk)'}`

describe.skipIf(!disk)(title, { timeout: 120_000 }, () => {
  const folder = disk?.folder ?? ''
  const logFile = join(folder, 'service.log')
  let child: ChildProcess
  let url: string

  beforeEach(async () => {
    const [port, nobody] = [await freePort(), await freePort()]
    const fd = openSync(logFile, 'a')
    child = spawn(process.execPath, [program], {
      env: {
        PATH: process.env.PATH,
        KAFKA_BROKERS: `127.0.0.1:${nobody}`,
        SCHEMA_REGISTRY_URL: `http://127.0.0.1:${nobody}`,
        HTTP_PORT: String(port),
        DATA_DIR: folder,
        // It says something all the time, for there is no Kafka.
        LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', fd, fd],
    })
    closeSync(fd)
    url = `http://127.0.0.1:${port}`
    await until('it listens', () => answer('/livez').catch(() => undefined), { withinMs: 90_000 })
  }, 100_000)
  afterEach(() => {
    child.kill('SIGKILL')
    disk?.free()
  })
  afterAll(() => disk?.remove())

  /** Fails when there is no answer: a process that waits for a disk gives none, however long it is waited for. */
  async function answer(path: string, method = 'GET') {
    const response = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(15_000) })
    return { status: response.status, text: await response.text() }
  }

  const waitsForSpace = async () => (await answer('/readyz')).text.includes('space')
  const dropped = async () =>
    Number(/holdpoint_log_lines_dropped_total\S* (\d+)/.exec((await answer('/metrics')).text)?.[1])

  test('is live, says what it waits for, refuses at once, and goes on when there is space', async () => {
    expect(await waitsForSpace()).toBe(false)
    disk?.fill()
    await until('it waits for space', waitsForSpace)
    await until('lines were dropped', async () => (await dropped()) > 0)
    expect((await answer('/livez')).status).toBe(200)
    const refused = await answer('/anything', 'POST')
    expect(refused.status).toBe(503)
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'NO_SPACE',
      detail: expect.stringMatching(/the disk of DATA_DIR|space for the log/),
    })
    disk?.free()
    await until('it has space', async () => !(await waitsForSpace()))
    await until('its log goes on', () =>
      /lines of it are missing before this one/.test(readFileSync(logFile, 'utf8')),
    )
    expect((await answer('/anything', 'POST')).status).toBe(404)
  })

  test('stops when it is told to', async () => {
    disk?.fill()
    await until('lines were dropped', async () => (await dropped()) > 0)
    child.kill('SIGTERM')
    expect((await once(child, 'exit', { signal: AbortSignal.timeout(20_000) }))[0]).toBe(0)
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
