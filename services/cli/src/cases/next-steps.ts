import type { CaseDetail } from '@holdpoint/desk-contract'

/** Command lines for what may be done about a case now: by `as`, or by whoever may where nobody says who they are. */
export function nextSteps(one: CaseDetail, as?: string): string {
  const actions = as === undefined ? one.actions : one.mayDo
  if (actions.length === 0) return as === undefined ? '' : `\nNothing about it is for ${as} to do.\n`
  const lines = actions.map((action) => {
    const name = action.toLowerCase()
    const said = (saying[name] ?? reason)(one)
    return `  holdpoint cases ${name} ${one.caseId} --as ${as ?? 'SUBJECT'}${said}\n`
  })
  return `\nWhat ${as === undefined ? 'may be done' : `${as} may do`}:\n${lines.join('')}`
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
