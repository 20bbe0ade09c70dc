import type { Answer, FileError, FiveAnswers } from '@holdpoint/policy'
import type { Person } from '@holdpoint/policy/duty'
import { printable, type Terminal, wrappedTable } from '../terminal.ts'

export type PolicyCheck = {
  ok: boolean
  title: string
  errors: FileError[]
  warnings: FileError[]
  types: FiveAnswers[]
}

/** With the people of a roster, also which cases their owners could not decide. */
export async function checkPolicyText(text: string, people: readonly Person[] = []): Promise<PolicyCheck> {
  const { checkPolicy } = await import('@holdpoint/policy')
  const { answers: types, warnings, ...read } = checkPolicy(text, people)
  return 'errors' in read
    ? { ok: false, title: '', errors: read.errors, warnings, types }
    : { ok: true, title: read.policy.title, errors: [], warnings, types }
}

const headings = [
  'Exception',
  'One owner?',
  'Clear trigger?',
  'Settled inside?',
  'Who, what, why visible?',
  'Customer told?',
]

/** Everything that is wrong, then what is likely to be, then the five questions as a table. */
export function checkText(file: string, check: PolicyCheck, terminal: Terminal): string {
  const { ok, title, errors, warnings, types } = check
  const rows = types.map(({ type, name, owner, trigger, fix, trail, customer }) => [
    `${name} (${type})`,
    ...[owner, trigger, fix, trail, customer].map(cell),
  ])
  const problems = [
    ...errors.map((error) => problemText(file, error, 'error')),
    ...warnings.map((warning) => problemText(file, warning, 'warning')),
  ]
  const sum = ok
    ? `${title}: ${types.length} exception types, no errors, ${warnings.length} warning(s).`
    : `${errors.length} error(s); this policy cannot be published.`
  return [
    ...problems,
    types.length > 0 ? wrappedTable(headings, rows, terminal.columns) : '',
    `${sum}\n`,
  ].join('')
}

const cell = ({ yes, why }: Answer): string => `${yes ? 'yes' : 'NO'}: ${why}`

/** As `file:line:column`, which editors and terminals make links of. */
export function problemText(file: string, { line, column, message, hint }: FileError, what: string): string {
  return `${file}:${line}:${column}  ${what}: ${printable(message)}${hint && `\n    ${printable(hint)}`}\n`
}
