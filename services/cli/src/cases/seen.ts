import { Failure } from '../failures.ts'
import type { Session } from '../session.ts'
import { caseText } from './case-text.ts'
import type { ShownCase } from './read-cases.ts'

/** What somebody does without having seen it; `--yes` does it all the same. */
export interface Unseen {
  caseIds: string[]
  /** What was about to be done, such as `approve`. */
  action: string
  yes: boolean
}

/** Nothing can be decided about it: whoever tries is told so, and there is nothing to look at before. */
export const isClosed = ({ case: { status } }: ShownCase): boolean => status === 'CLOSED'

/** The digest of no order: should the case have been opened again in this moment, nothing is decided unseen. */
export const noState = ''

/**
 * Displays a case that was not displayed yet. It is remembered only where a person sees it: with --json nobody does.
 * Gives the state of the order that an action on it is bound to.
 */
export function display({ terminal, shown, json, now }: Session, found: ShownCase, as: string): string {
  const { caseId, digest, openedAt } = found.case
  if (json) return digest
  terminal.err(`${caseText(found, now(), as)}\n`)
  if (!shown.remember(caseId, digest, openedAt))
    terminal.err(`It cannot be written down that ${caseId} was shown: ${shown.file} cannot be written.\n`)
  return digest
}

/**
 * Nobody decides in the same breath in which they see a case for the first time: at a terminal they are asked, elsewhere
 * they have to say it again.
 */
export async function requireConsent({ terminal, json }: Session, unseen: Unseen): Promise<void> {
  const { caseIds, action, yes } = unseen
  if (yes || caseIds.length === 0) return
  const them = caseIds.join(', ')
  const ask = json ? undefined : terminal.ask
  if (!ask) throw new Failure('NOT_SHOWN_YET', json ? forPrograms(them) : again(them, action))
  if (/^y(es)?$/i.test((await ask(`${action} ${them}? [y/N] `)).trim())) return
  throw new Failure('NOT_DECIDED', 'Nothing was done.')
}

const again = (them: string, action: string): string =>
  `Nothing was done yet: ${them} had not been shown here before. Look at what stands above, then say it again to ` +
  `${action}; --yes does it at once.`

const forPrograms = (them: string): string =>
  `Nothing was done: ${them} had not been shown here before. Look first (holdpoint cases show), or say --yes, or ` +
  '--digest with the state that you have seen.'
