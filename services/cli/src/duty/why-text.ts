import type { Duty, Gap, Planned, Reason } from '@holdpoint/policy/duty'

/** How it came that these people, or nobody, are on duty. */
export function whyText({ why }: Pick<Duty, 'why'>): string {
  if (why.kind === 'nobody') return gapText(why.cause)
  return [...new Set(why.reasons.map(reasonText))].join('; ')
}

function reasonText(reason: Reason): string {
  switch (reason.by) {
    case 'role':
    case 'turn':
    case 'shift':
      return plannedText(reason)
    case 'substitute':
      return `stands in for ${reason.for.join(', who stands in for ')} (${plannedText(reason.planned)})`
    case 'next-in-rota':
      return `next in the rota, since ${reason.for.join(' and ')} is away (${plannedText(reason.planned)})`
    case 'override':
      return reason.inPlaceOf === undefined
        ? 'added by an override'
        : `in place of ${reason.inPlaceOf}, by an override`
    default:
      return reason satisfies never
  }
}

function plannedText(planned: Planned): string {
  switch (planned.by) {
    case 'role':
      return 'everybody with the role'
    case 'turn':
      return `turn ${planned.turn} of the rota`
    case 'shift':
      return `shift ${planned.shift} of the rota`
    default:
      return planned satisfies never
  }
}

function gapText(gap: Gap): string {
  switch (gap.because) {
    case 'outside-hours':
      return "outside the rota's hours"
    case 'before-start':
      return `the rota starts at ${new Date(gap.startsAtMs).toISOString()}`
    case 'no-shift':
      return 'no shift of the rota'
    case 'away':
      return `${gap.people.join(', ')} away, and nobody stands in`
    case 'removed':
      return 'taken off by an override'
    case 'no-such-role':
      return 'nobody has that role'
    default:
      return gap satisfies never
  }
}
