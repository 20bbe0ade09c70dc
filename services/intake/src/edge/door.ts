import { namesThisHost, type Problem, type Publisher } from '@holdpoint/chassis'
import { eventProblems, fromJson, type Instant, type OrderEvent } from '@holdpoint/schemas'
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'
import { readBody } from '../body.ts'
import { bounded } from '../bounded.ts'
import { identify } from '../identify.ts'
import { answerProblem, type ProblemCode } from './problem.ts'

const PATH = '/v1/orders/:orderId/events'
const BODY_LIMIT = 256 * 1024
/** Seconds after which a caller should try again when Kafka is away. */
const RETRY_AFTER = 5

export interface Door {
  publisher: Pick<Publisher, 'send'>
  now: () => Instant
  /** Requests that one address may send in a minute. */
  requestsPerMinute: number
  log: { warn(fields: object, message: string): void }
  /** How long to wait for the broker's acknowledgement, milliseconds; then the answer is "unknown". */
  answerWithinMs: number
  /** The address that upstream systems use, when it is not the socket's own. */
  ownUrl: string | undefined
}

/**
 * The HTTP door for upstream systems that do not speak Kafka: `POST /v1/orders/{orderId}/events` with one order
 * event as JSON. It answers 202 only after the broker has acknowledged the event.
 */
export function door(options: Door): Router {
  const router = Router()
  router.use(PATH, helmet(), hostGuard(options.ownUrl), limitRate(options.requestsPerMinute))
  router.post(PATH, readBytes, (request, response) => takeEvent(options, request, response))
  router.all(PATH, (_request, response) => {
    response.set('Allow', 'POST')
    answerProblem(response, 'METHOD', 'Send order events with POST.')
  })
  router.use(answerError(options))
  return router
}

/** A page that has pointed its own name at this machine is kept from sending orders through somebody's browser. */
function hostGuard(ownUrl: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (namesThisHost(request, ownUrl)) return next()
    const detail = `This door is not ${request.headers.host}. Set INTAKE_URL to the address that upstream uses.`
    answerProblem(response, 'OTHER_HOST', detail)
  }
}

const readBytes = express.raw({
  type: ['application/json', 'application/*+json'],
  limit: BODY_LIMIT,
  inflate: false,
})

function limitRate(requestsPerMinute: number) {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, response) =>
      answerProblem(response, 'TOO_MANY_REQUESTS', `At most ${requestsPerMinute} a minute: send slower.`, {
        retryAfter: 60,
      }),
  })
}

async function takeEvent(door: Door, request: Request, response: Response): Promise<void> {
  if (!Buffer.isBuffer(request.body))
    return answerProblem(response, 'MEDIA_TYPE', 'Send the event with Content-Type: application/json.')
  const body = readBody(request.body)
  if ('code' in body) return answerProblem(response, body.code, body.detail)
  const orderId = String(request.params.orderId)
  const identified = identify(body.json, orderId, request.get('Idempotency-Key'))
  if ('code' in identified) return answerProblem(response, identified.code, identified.detail)
  const read = fromJson('orders.inbound.v1', identified.json)
  const problems = 'problems' in read ? read.problems : eventProblems(read.value, door.now())
  if ('problems' in read || problems.length > 0) return answerInvalid(response, problems)
  await publish(door, read.value, response)
}

function answerInvalid(response: Response, problems: readonly Problem[]): void {
  const detail = `${problems.length} problem(s): correct them and send the event again.`
  answerProblem(response, 'EVENT_INVALID', detail, { problems: bounded(problems) })
}

async function publish(door: Door, event: OrderEvent, response: Response): Promise<void> {
  const { orderId, eventId } = event
  try {
    const sent = door.publisher.send('orders.inbound.v1', [{ key: orderId, value: event }])
    await acknowledged(sent, door.answerWithinMs)
    response.status(202).json({ status: 'accepted', orderId, eventId })
  } catch (error) {
    answerUnsent(door, event, error, response)
  }
}

/** Errors that come before anything was handed to the broker; after every other one the event may be there. */
const nothingTaken: Readonly<Record<string, ProblemCode>> = {
  KAFKA_AWAY: 'KAFKA_AWAY',
  REGISTRY_AWAY: 'REGISTRY_AWAY',
  STOPPED: 'STOPPING',
}

function answerUnsent({ log }: Door, event: OrderEvent, error: unknown, response: Response): void {
  const { orderId, eventId } = event
  log.warn({ orderId, eventId, reason: String(error) }, 'an event was not acknowledged')
  const code = error instanceof Error && 'code' in error ? nothingTaken[String(error.code)] : undefined
  const detail = code
    ? 'Nothing was taken: send the event again later.'
    : `Unknown: send again with the same key (${eventId}); it is taken once.`
  answerProblem(response, code ?? 'OUTCOME_UNKNOWN', detail, { retryAfter: RETRY_AFTER })
}

async function acknowledged(sent: Promise<void>, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The broker has not acknowledged in time.')), withinMs)
  })
  await Promise.race([sent, late]).finally(() => clearTimeout(timer))
}

function answerError({ log }: Door): ErrorRequestHandler {
  return (error: { type?: string }, _request, response, next) => {
    if (response.headersSent) return next(error)
    if (error instanceof URIError)
      return answerProblem(response, 'PATH_UNREADABLE', 'Percent-encode the orderId of the path as UTF-8.')
    switch (error.type) {
      case 'entity.too.large':
        return answerProblem(response, 'BODY_TOO_LARGE', `A body may have ${BODY_LIMIT} bytes.`)
      case 'encoding.unsupported':
        return answerProblem(response, 'MEDIA_TYPE', 'Send the body uncompressed.')
      case 'request.aborted':
      case 'request.size.invalid':
        return answerProblem(response, 'BODY_UNREADABLE', 'The body ended before its Content-Length.')
      default:
        log.warn({ err: error }, 'a request failed')
        return answerProblem(
          response,
          'INTERNAL',
          'The event was not taken: send it again with the same key.',
        )
    }
  }
}
