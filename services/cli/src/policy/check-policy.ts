import type { ExceptionType, PolicyError } from '@holdpoint/policy'
import { words } from '../cases/case-text.ts'
import { listOf, printable } from '../terminal.ts'
import { duration } from '../times.ts'

/** What one exception type answers to the five questions. */
export interface FiveAnswers {
  type: string
  name: string
  owner: string
  trigger: string
  fix: string
  trail: string
  customer: string
}

export type PolicyCheck =
  | { ok: true; title: string; types: FiveAnswers[] }
  | { ok: false; errors: PolicyError[] }

export async function checkPolicy(text: string): Promise<PolicyCheck> {
  const { parsePolicy } = await import('@holdpoint/policy')
  const parsed = parsePolicy(text)
  if ('errors' in parsed) return { ok: false, errors: parsed.errors }
  const { policy } = parsed
  return { ok: true, title: policy.title, types: [...policy.types.values()].map(answersOf) }
}

function answersOf(type: ExceptionType): FiveAnswers {
  const holds = type.holds.length > 0 ? `; holds ${type.holds.join(' and ')}` : ''
  return {
    type: type.type,
    name: type.name,
    owner: `${type.owner} within ${duration(type.answerWithinMs)}, then ${type.backup}`,
    trigger: `${type.rule}${type.when && ` [${type.when}]`}${holds}`,
    fix: fixOf(type),
    trail: 'every action with who, when and the reason given',
    customer: type.customer === '' ? 'nothing' : `message ${type.customer}`,
  }
}

function fixOf({ actions, mayCorrect, reviewers }: ExceptionType): string {
  const fields = mayCorrect.fields.length > 0 ? ` (${mayCorrect.fields.join(', ')})` : ''
  const what = actions.map((action) => (action === 'CORRECT' ? `correct${fields}` : words(action))).join(', ')
  return reviewers.length > 0 ? `${what}; reviewed by ${reviewers.join(', ')}` : what
}

/** Errors as `file:line:column`, which editors and terminals make links of. */
export function checkText(file: string, check: PolicyCheck): string {
  if (!check.ok) {
    const lines = check.errors.map(
      ({ line, column, message, hint }) =>
        `${file}:${line}:${column}  ${printable(message)}${hint && `\n    ${printable(hint)}`}\n`,
    )
    return `${lines.join('')}${check.errors.length} problem(s); this policy cannot be published.\n`
  }
  const types = check.types.map(
    ({ type, name, owner, trigger, fix, trail, customer }) =>
      `${name} (${type})\n${listOf([
        ['  who owns it', owner],
        ['  what triggers it', trigger],
        ['  how it is settled', fix],
        ['  who did what and why', trail],
        ['  what the customer hears', customer],
      ])}\n`,
  )
  return `${types.join('')}${check.title}: ${check.types.length} exception types, no problems.\n`
}
