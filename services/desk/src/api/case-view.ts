import type { CaseEvent } from '@holdpoint/schemas'
import { type Receipt, receiptFor, runsOf } from '../case/receipt.ts'
import { type CaseWithOrder, caseDetail } from '../read/cases.ts'
import { iso, isoOrNull } from '../read/instant.ts'
import type { Person } from '../read/people.ts'
import type { DeskParts } from './desk-parts.ts'
import { surroundingsOf } from './surroundings.ts'

/** A case as one person sees it. */
export async function caseFor(parts: DeskParts, row: CaseWithOrder, person: Person | undefined) {
  const around = await surroundingsOf(parts, [row], person)
  const { approvalsNeeded, ...offered } = around(row).detail()
  return { ...caseDetail(row, parts.now(), approvalsNeeded), ...offered }
}

/** The deadline receipts of a case; a run whose policy this desk cannot read is left out. */
export async function receiptsFor({ policies, now }: DeskParts, type: string, events: readonly CaseEvent[]) {
  const receipts = await Promise.all(
    runsOf(events).map(async (run) => {
      const policy = await policies(run.clock.policyVersion)
      return policy ? [receiptView(receiptFor(type, run, policy, now()))] : []
    }),
  )
  return receipts.flat()
}

function receiptView({ clock, closedAt, due, lines, ...rest }: Receipt) {
  return {
    startedAt: iso(clock.startedAt),
    closedAt: isoOrNull(closedAt),
    policyVersion: clock.policyVersion,
    due: isoOrNull(due),
    ...rest,
    lines: lines.map(({ from, to, kind }) => ({ from: iso(from), to: iso(to), kind })),
  }
}
