import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import type { Registry } from 'prom-client'

export interface Health {
  /** What the process still waits for; empty when it is ready. */
  waitsFor(): string[]
}

/**
 * The app with what every service answers: /livez as long as the process turns, /readyz when its lanes are assigned
 * and restored, /metrics for Prometheus. A service mounts its own routes on it.
 */
export function createApp(registry: Registry, health: Health): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/livez', (_request, response) => {
    response.json({ status: 'live' })
  })
  app.get('/readyz', (_request, response) => {
    const waitsFor = health.waitsFor()
    if (waitsFor.length === 0) response.json({ status: 'ready' })
    else response.status(503).json({ status: 'not ready', waitsFor })
  })
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  })
  return app
}

/** Listens; rejects with a sentence that names the address when it is taken. Gives the address in use. */
export async function listen(
  app: Express,
  host: string,
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new Error(`${host}:${port} is in use by another process: set HTTP_PORT to a free port.`))
      else reject(error)
    })
    server.listen(port, host, resolve)
  })
  const { port: used } = server.address() as AddressInfo
  return { server, url: `http://${host}:${used}` }
}

/** Answers what is being asked, then closes; connections that stay open (streams) are cut. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 1_000).unref()
  })
}
