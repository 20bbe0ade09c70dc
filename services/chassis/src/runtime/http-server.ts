import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type RequestHandler } from 'express'
import type { Registry } from 'prom-client'
import type { WaitingLane } from '../port.ts'

export interface Health {
  /** What the process still waits for; empty when it is ready. */
  waitsFor(): string[]
  /** Lanes that wait, also those that have not for long. */
  waitingLanes(): readonly WaitingLane[]
  /** Why nothing new can be taken, though the process runs: what it lacks. */
  shortage?(): string | undefined
}

/**
 * The app with what every service answers: /livez as long as the process turns, /readyz when its lanes are assigned
 * and restored and none has waited for more than a minute, /metrics for Prometheus. A service mounts its own routes on
 * it; while something is lacking that it needs to keep what it takes, they are only asked to read.
 */
export function createApp(registry: Registry, health: Health): Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/livez', (_request, response) => {
    response.json({ status: 'live' })
  })
  app.get('/readyz', (_request, response) => {
    const waitsFor = health.waitsFor()
    const waitingLanes = health
      .waitingLanes()
      .map((one) => ({ ...one, since: new Date(one.since).toISOString() }))
    if (waitsFor.length === 0) response.json({ status: 'ready', waitsFor, waitingLanes })
    else response.status(503).json({ status: 'not ready', waitsFor, waitingLanes })
  })
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  })
  app.use(refuseWhileShort(health))
  return app
}

/** Seconds after which a caller should ask again. */
const retryAfter = 5

/** Answers 503 at once to whatever would be kept, rather than let it wait for what is not there. */
function refuseWhileShort(health: Health): RequestHandler {
  return (request, response, next) => {
    const shortage = request.method === 'GET' || request.method === 'HEAD' ? undefined : health.shortage?.()
    if (shortage === undefined) return next()
    const title = 'There is no space left to keep anything'
    const detail = `Nothing was taken. This process waits for ${shortage}. Send it again later.`
    response
      .status(503)
      .set('Retry-After', String(retryAfter))
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title, status: 503, code: 'NO_SPACE', detail }))
  }
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
