import { approvals } from './approving.ts'
import { answerTo, corrections } from './correcting.ts'
import { approve, type Deed, type Desktop } from './deed.ts'

/**
 * What somebody of the sample company does about a case; undefined when they leave it, because they may not or because
 * neither the case nor its order says what would be right.
 */
export function whatToDo(desktop: Desktop): Deed | undefined {
  const wanted = wantedFor(desktop)
  return wanted && desktop.case.mayDo.includes(wanted.action.toUpperCase()) ? wanted : undefined
}

function wantedFor(desktop: Desktop): Deed | undefined {
  const { type, question, mayDo, proposal, correction } = desktop.case
  if (correction?.state === 'UNDER_WAY') return undefined
  if (question) return { action: 'answer', reason: answerTo(desktop) }
  if (proposal) return approve('As the answer says.')
  if (mayDo.includes('CLEAR')) return { action: 'clear', reason: 'All of it is settled, and it is whole.' }
  return approvals[type]?.(desktop) ?? corrections[type]?.(desktop)
}
