import type { CaseSummary, StageVerdict } from '@holdpoint/desk-contract'
import { sentence, showCount, showList } from '../text/format.ts'

export const verdictWords = {
  PROCEED: 'goes on',
  HOLD: 'on hold',
  STOP: 'stopped',
  UNKNOWN: 'not known',
} as const

/** More than these are told in one sentence. */
const mostReasons = 2

export interface Reason {
  text: string
  /** Role that decides, while the case is open. */
  role: string
  /** How the case ended, once it is closed. */
  outcome: string
}

/** Why a stage has its verdict: a warning when it comes late, and the cases or facts behind it. */
export function explainVerdict(
  { stage, verdict, caseIds, recall, tooLate }: StageVerdict,
  state: string | undefined,
  cases: readonly CaseSummary[],
  cancelled: boolean,
): { warning: string; reasons: Reason[] } {
  const name = sentence(stage)
  const warning = tooLate
    ? `Too late: ${stage} had already started when this was decided.`
    : recall
      ? `Called back: ${stage} had been let go on before.`
      : ''
  const plain = (text: string): Reason => ({ text, role: '', outcome: '' })
  const behind = caseIds.map((caseId) => {
    const one = cases.find((candidate) => candidate.caseId === caseId)
    if (!one) return plain(caseId)
    const isOpen = one.status !== 'CLOSED'
    const text =
      verdict === 'HOLD' && isOpen && !one.holds.includes(stage)
        ? `Clearance of the order, after “${one.name}”`
        : one.name
    return { text, role: isOpen ? one.decider : '', outcome: isOpen ? '' : one.outcome }
  })
  if (behind.length > mostReasons) {
    const names = showList(behind.map(({ text }) => text))
    return { warning, reasons: [plain(`${showCount(behind.length, 'case')}: ${names}`)] }
  }
  if (behind.length > 0) return { warning, reasons: behind }
  if (verdict === 'STOP')
    return { warning, reasons: [plain(cancelled ? 'The order was cancelled.' : 'The order was stopped.')] }
  if (verdict !== 'PROCEED') return { warning, reasons: [] }
  return { warning, reasons: [plain(progress[state ?? 'WAITING']?.(name) ?? 'Nothing holds it.')] }
}

const progress: Record<string, (stage: string) => string> = {
  WAITING: () => 'Nothing holds it.',
  STARTED: (stage) => `${stage} has started.`,
  DONE: (stage) => `${stage} is done.`,
}
