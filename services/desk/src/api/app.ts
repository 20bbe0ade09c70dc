import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isOfThisMachine, namesThisHost } from '@holdpoint/chassis'
import express, { type Express, type RequestHandler, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { actionOperations } from './actions.ts'
import { bodyGuard } from './body-guard.ts'
import { bulkOperations } from './bulk.ts'
import { caseOperations } from './cases.ts'
import { deadLetterOperations } from './dead-letters.ts'
import type { DeskParts } from './desk-parts.ts'
import { createIdentify } from './identify.ts'
import { openApiDocument } from './openapi.ts'
import { orderOperations } from './orders.ts'
import { policyOperations } from './policy.ts'
import { notFound, Problem, problemHandler } from './problem.ts'
import { replayOperations } from './replays.ts'
import { rosterOperations } from './roster.ts'
import { mount, type Operation } from './route.ts'
import { sessionOperations } from './sessions.ts'
import { streamOperations } from './stream.ts'
import { summaryOperations } from './summary.ts'

const base = '/api/v1'

/** Requests a minute and address; from the machine itself a bulk import may ask all the time. */
const perMinute = { fromOutside: 600, fromThisMachine: 60_000 }

export function allOperations(parts: DeskParts): Operation[] {
  return [
    ...sessionOperations(parts),
    ...caseOperations(parts),
    ...bulkOperations(parts),
    ...actionOperations(parts),
    ...orderOperations(parts),
    ...policyOperations(parts),
    ...rosterOperations(parts),
    ...deadLetterOperations(parts),
    ...replayOperations(parts),
    ...summaryOperations(parts),
    ...streamOperations(parts),
  ]
}

/** Mounts the API, and the console from its built files when they are there. */
export function mountDesk(
  http: Express,
  parts: DeskParts,
  options: { consoleFolder: string; onFailure: (error: unknown) => void },
): void {
  http.disable('x-powered-by')
  http.use(protection(), hostGuard(parts.deskUrl))
  http.use(base, api(parts, options.onFailure))
  http.use(consolePages(options.consoleFolder))
  http.use(problemHandler(options.onFailure))
}

function api(parts: DeskParts, onFailure: (error: unknown) => void): Router {
  const operations = allOperations(parts)
  const document = openApiDocument(operations, base)
  const router = Router()
  router.use(limiter(), ...bodyGuard(), (_request, response, next) => {
    response.set('cache-control', 'no-store')
    next()
  })
  router.get('/openapi.json', (_request, response) => void response.json(document))
  mount(router, operations, createIdentify(parts))
  router.use(notFound, problemHandler(onFailure))
  return router
}

/** Content policy for pages of our own only; no upgrade to https, which a desk on a laptop does not have. */
function protection(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null, imgSrc: ["'self'", 'data:'] } },
    strictTransportSecurity: false,
  })
}

function hostGuard(deskUrl: string | undefined): RequestHandler {
  return (request, _response, next) => {
    if (!namesThisHost(request, deskUrl))
      throw new Problem(
        421,
        'OTHER_HOST',
        `This desk is not ${request.headers.host}. Set DESK_URL to the address that people open.`,
      )
    next()
  }
}

function limiter(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: (request) => (isOfThisMachine(request) ? perMinute.fromThisMachine : perMinute.fromOutside),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) =>
      next(new Problem(429, 'TOO_MANY_REQUESTS', 'Too many requests from this address. Wait a minute.')),
  })
}

/** The console is one page with paths of its own: every path that is no file gives that page. */
function consolePages(folder: string): RequestHandler {
  const page = join(folder, 'index.html')
  const router = Router()
  router.use(express.static(folder, { index: false, maxAge: '1h' }))
  router.get(/.*/, (request, response, next) => {
    if (!request.accepts('html')) return next()
    if (existsSync(page)) return response.set('cache-control', 'no-cache').sendFile(page)
    response
      .status(404)
      .type('text/plain')
      .send(
        'The console is not built. Build it with: npx turbo run build. The API is at /api/v1/openapi.json.\n',
      )
  })
  router.use(notFound)
  return router
}
