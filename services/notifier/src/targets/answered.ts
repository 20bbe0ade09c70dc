import { type Delivered, failedForNow, refused } from '../channels/port.ts'
import { cut } from '../cut.ts'
import { oneLine } from '../render.ts'
import type { Answer } from './post.ts'

/** What an answer of a target means. `secrets`: texts that nobody is to read in what the target says. */
export function deliveredBy(
  answer: Answer,
  name: string,
  secrets: readonly string[],
  now: number,
): Delivered {
  switch (answer.kind) {
    case 'refused':
      return refused(
        `${name} leads into a network where no messages go. If that is wanted, say private: true in TARGETS_FILE.`,
      )
    case 'silent':
      return failedForNow(`${name} did not answer in time.`)
    case 'unreachable':
      return failedForNow(`${name} could not be reached: ${answer.code}.`)
    case 'answered':
      return byStatus(answer, name, secrets, now)
    default:
      throw new Error(`${JSON.stringify(answer satisfies never)} is no answer.`)
  }
}

type Answered = Extract<Answer, { kind: 'answered' }>

function byStatus(answer: Answered, name: string, secrets: readonly string[], now: number): Delivered {
  const { status } = answer
  if (status >= 200 && status < 300) return { sent: true, detail: `${name} answered ${status}.` }
  if (status >= 300 && status < 400)
    return refused(
      `${name} answered ${status}: it has another address, which is not followed. Write that into TARGETS_FILE.`,
    )
  const said = saidBy(answer, secrets)
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status))
    return refused(`${name} answered ${status}${said}`)
  const waitMs = waitOf(answer, now)
  const wish = waitMs === undefined ? '' : ` It asks for ${Math.ceil(waitMs / 1000)} s of patience.`
  return failedForNow(`${name} answered ${status}${said}${wish}`)
}

function saidBy({ text }: Answered, secrets: readonly string[]): string {
  let said = oneLine(text)
  for (const secret of secrets) if (secret.length > 3) said = said.replaceAll(secret, '…')
  if (said === '' || said.startsWith('<')) return '.'
  return `: ${cut(said, 200).replace(/[^.!?…]$/, '$&.')}`
}

/** How long a target that has too much to do wants to be left alone, milliseconds: seconds, or a date of HTTP. */
export function waitOf(answer: Answer, now: number): number | undefined {
  if (answer.kind !== 'answered' || answer.retryAfter === '') return undefined
  const { retryAfter } = answer
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined
}
