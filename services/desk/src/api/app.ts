import { isOfThisMachine, namesThisHost } from '@holdpoint/chassis'
import { type ErrorRequestHandler, type Express, type RequestHandler, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { answerPages } from '../answer/answer-pages.ts'
import { actionOperations } from './actions.ts'
import { bodyGuard } from './body-guard.ts'
import { bulkOperations } from './bulk.ts'
import { caseOperations } from './cases.ts'
import { compressed } from './compressed.ts'
import { consolePages } from './console-pages.ts'
import { deadLetterOperations } from './dead-letters.ts'
import type { DeskParts } from './desk-parts.ts'
import { forgetOperations } from './forgets.ts'
import { createIdentify } from './identify.ts'
import { whileReading } from './kafka-problems.ts'
import { notificationOperations } from './notifications.ts'
import { openApiDocument } from './openapi.ts'
import { orderOperations } from './orders.ts'
import { policyOperations } from './policy.ts'
import { notFound, Problem, problemHandler } from './problem.ts'
import { replayOperations } from './replays.ts'
import { rosterOperations } from './roster.ts'
import { mount, type Operation } from './route.ts'
import { sessionOperations } from './sessions.ts'
import { answerStarting } from './starting.ts'
import { streamOperations } from './stream.ts'
import { summaryOperations } from './summary.ts'
import { trailOperations } from './trail.ts'

const base = '/api/v1'

/** Requests a minute and address; from the machine itself a bulk import may ask all the time. */
const perMinute = { fromOutside: 600, fromThisMachine: 60_000 }

export function allOperations(parts: DeskParts): Operation[] {
  return [
    ...sessionOperations(parts),
    ...caseOperations(parts),
    ...bulkOperations(parts),
    ...actionOperations(parts),
    ...notificationOperations(parts),
    ...orderOperations(parts),
    ...trailOperations(parts),
    ...policyOperations(parts),
    ...rosterOperations(parts),
    ...deadLetterOperations(parts),
    ...replayOperations(parts),
    ...forgetOperations(parts),
    ...summaryOperations(parts),
    ...streamOperations(parts),
  ]
}

export interface DeskPages {
  /** The address that people open, when it is not the socket's own. */
  deskUrl: string | undefined
  consoleFolder: string
  onFailure: (error: unknown) => void
}

/**
 * Answers for the desk from now on: that it is starting, until `serve` is called; then with the API, and with the
 * console from its built files when they are there.
 */
export function mountDesk(http: Express, { deskUrl, consoleFolder, onFailure }: DeskPages) {
  let desk: Router | undefined
  http.disable('x-powered-by')
  http.use(protection(), hostGuard(deskUrl), compressed())
  http.use((request, response, next) =>
    desk ? desk(request, response, next) : answerStarting(request, response),
  )
  http.use(problemHandler(onFailure))
  return {
    serve(parts: DeskParts): void {
      desk = Router()
        .use(base, api(parts, onFailure))
        .use(answerPages(parts, onFailure))
        .use(consolePages(consoleFolder))
    },
  }
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
  router.use(notFound, stillReading(parts), problemHandler(onFailure))
  return router
}

const stillReading =
  ({ caughtUp }: DeskParts): ErrorRequestHandler =>
  (error, _request, _response, next) =>
    next(error instanceof Problem ? whileReading(error, caughtUp) : error)

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
