import { setTimeout as sleep } from 'node:timers/promises'
import { type OrderEvent, toJson } from '@holdpoint/schemas'
import { Failure } from '../failures.ts'
import type { Refused, Upstream } from './upstream.ts'

const atOnce = 8
const tryForMs = 180_000
const answerWithinMs = 30_000

type Answer = 'taken' | { refused: string } | { again: string; afterMs: number }

/** Sends as an upstream system without a Kafka client does: one request for each event, at most eight at once. */
export function httpDoor(intakeUrl: string): Upstream {
  return {
    batch: 64,
    async send(events) {
      const refused: Refused[] = []
      const queue = [...events]
      const work = async () => {
        for (let event = queue.shift(); event; event = queue.shift()) {
          const why = await sendUntilAnswered(intakeUrl, event)
          if (why !== undefined) refused.push({ event, why })
        }
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      return refused
    },
    stop: async () => undefined,
  }
}

/** Gives why the event was refused for good; undefined when it was taken. */
async function sendUntilAnswered(intakeUrl: string, event: OrderEvent): Promise<string | undefined> {
  const giveUpAt = Date.now() + tryForMs
  for (;;) {
    const answer = await post(intakeUrl, event)
    if (answer === 'taken') return undefined
    if ('refused' in answer) return answer.refused
    if (Date.now() + answer.afterMs > giveUpAt) throw new Failure('NOT_SENT', answer.again)
    await sleep(answer.afterMs)
  }
}

async function post(intakeUrl: string, event: OrderEvent): Promise<Answer> {
  const url = `${intakeUrl}/v1/orders/${encodeURIComponent(event.orderId)}/events`
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      // The eventId stands in the body: a header could not hold every one.
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(toJson('orders.inbound.v1', event)),
      signal: AbortSignal.timeout(answerWithinMs),
    })
  } catch (cause) {
    const why = ((cause as Error).cause as Error | undefined)?.message ?? (cause as Error).message
    throw new Failure(
      'DOOR_AWAY',
      `The HTTP door does not answer at ${intakeUrl} (${why}). Is Holdpoint running? Start it with npm start, or name ` +
        'its address with --intake or INTAKE_URL.',
      { cause },
    )
  }
  return answerOf(intakeUrl, response, await response.text())
}

function answerOf(intakeUrl: string, response: Response, text: string): Answer {
  if (response.status === 202) return 'taken'
  const said =
    problemText(text) ||
    `${intakeUrl} answered ${response.status}, and not as the HTTP door does. Is this its address? Name it with --intake or ` +
      'INTAKE_URL.'
  const mayHelp = response.status === 429 || response.status === 503 || response.status === 504
  if (!mayHelp) return { refused: said }
  return { again: said, afterMs: 1000 * Number(response.headers.get('retry-after') ?? 1) }
}

function problemText(text: string): string {
  try {
    const { code, detail, problems = [] } = JSON.parse(text)
    if (typeof code !== 'string') return ''
    const each = problems.map(({ path, message }: { path: string; message: string }) => `${path} ${message}`)
    return [`${code}: ${detail}`, ...each].join('\n  ')
  } catch {
    return ''
  }
}
