import type { CaseDetail } from '../desk/answers.ts'

/** Command lines for what may be done about a case now. */
export function nextSteps(one: CaseDetail): string {
  if (one.actions.length === 0) return ''
  const lines = one.actions.map((action) => {
    const name = action.toLowerCase()
    const said = (saying[name] ?? reason)(one)
    return `  holdpoint cases ${name} ${one.caseId} --as SUBJECT${said}\n`
  })
  return `\nWhat may be done:\n${lines.join('')}`
}

const reason = () => ' --reason "…"'
const text = () => ' --text "…"'

/** What an action has to say. */
const saying: Record<string, (one: CaseDetail) => string> = {
  correct: ({ mayCorrect }) => ` --reason "…" --set ${mayCorrect[0] ?? 'PATH'}=VALUE`,
  ask: () => ' --to customer --text "…"',
  answer: text,
  note: text,
  claim: () => '',
  reassign: () => ' --to SUBJECT --reason "…"',
}
