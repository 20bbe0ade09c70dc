import type { Explanation, Why } from '@holdpoint/policy'
import { Failure } from '../failures.ts'
import { eventsIn } from '../orders/event-file.ts'
import type { Session } from '../session.ts'
import { printable } from '../terminal.ts'
import { policyIn } from './policy-file.ts'

export interface ExplainOptions {
  order: string
  event?: string[]
}

/** Says for each rule of a policy whether it matches an order, and the value of each part of its condition. */
export async function explainPolicy(session: Session, options: ExplainOptions, file?: string): Promise<void> {
  const { explain, revisionsOf } = await import('@holdpoint/policy')
  const policy = await policyIn(file as string)
  const events = [options.order, ...(options.event ?? [])].flatMap((path) => eventsIn(path))
  const revision = [...revisionsOf(events)].at(-1)
  if (!revision)
    throw new Failure('NO_ORDER', `${options.order} holds no event with an order in it, such as PLACED.`)
  const told = explain(policy, revision)
  session.show(told, () => told.map(explanationText).join('\n'))
}

const answers = {
  matches: 'opens a case',
  'does-not-match': 'does not match',
  'no-answer': 'HAS NO ANSWER: the order owner gets a case',
  'not-asked': 'nobody asks for it',
} as const

function explanationText({ type, name, rule, answer, requestId, why }: Explanation): string {
  const about = requestId === '' ? '' : `, request ${requestId}`
  const head = `${answer === 'matches' ? '●' : '○'} ${name} (${type}${about}): ${answers[answer]}\n    ${rule}\n`
  return printable(head).replaceAll('⏎', '\n') + (why ? whyText(why, '    ') : '')
}

const marks = new Map([
  [true, '✓'],
  [false, '✗'],
  [null, '?'],
])

function whyText(why: Why, indent: string): string {
  const mark = marks.get(why.holds)
  if (why.is !== 'one') {
    const head = why.is === 'all' ? 'all of these' : 'one of these'
    return `${indent}${mark} ${head}:\n${why.of.map((part) => whyText(part, `${indent}  `)).join('')}`
  }
  const values = why.values
    .map(({ name, value }) => `${name} = ${value === '' ? '(none)' : value}`)
    .join(', ')
  return `${indent}${mark} ${printable(why.words)}   [${printable(why.problem || values)}]\n`
}
