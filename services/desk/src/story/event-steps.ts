import { type CaseEvent, type CaseHappening, happeningOf } from '@holdpoint/schemas'
import { requestWords } from './order-steps.ts'
import type { StoryRecords } from './records.ts'
import type { Step } from './step.ts'
import {
  because,
  correctionWords,
  ended,
  evidenceWords,
  listed,
  moment,
  quoted,
  sentence,
  who,
  whom,
} from './words.ts'

/** What happened to the cases of an order. Messages are told by their own records. */
export function eventSteps({ events, names: people }: StoryRecords): Step[] {
  const names = new Map<string, string>()
  for (const { event } of events) if (event.opened) names.set(event.caseId, event.opened.name)
  return events.flatMap(({ event, place }) => {
    const told = tell(event, names.get(event.caseId) ?? event.caseId, people)
    if (!told) return []
    const { at, actor, caseId, policyVersion, type } = event
    return {
      at,
      kind: type === 'REFUSED' ? 'refused' : 'case',
      who: who(actor) === 'Holdpoint' ? '' : who(actor),
      text: ended(sentence(told.text)),
      details: (told.details ?? []).map((detail) => ended(sentence(detail))),
      caseId,
      policyVersion,
      records: [place],
    } satisfies Step
  })
}

/** What an event says; undefined when another record says it. */
function tell(
  event: CaseEvent,
  name: string,
  people: StoryRecords['names'],
): { text: string; details?: string[] } | undefined {
  const happened = happeningOf(event)
  const by = who(event.actor)
  const about = quoted(name)
  const why = because(event.reason)
  switch (happened?.type) {
    case 'OPENED':
      return openedWords(event, happened, people)
    case 'CLOSED':
      return closedWords(event, happened.closed, about)
    case 'REFUSED': {
      const { action, message, code } = happened.refused
      return {
        text: `${by} wanted to ${action.toLowerCase()} ${about}, and was refused (${code}): ${message}`,
      }
    }
    case 'ASSIGNED': {
      const to = happened.assigned.name || happened.assigned.subject
      if (to === '') return { text: `nobody has ${about} from now on${why}` }
      if (happened.assigned.subject === event.actor.subject) return { text: `${by} took ${about}` }
      return { text: `${about} went to ${to}${why}` }
    }
    case 'ESCALATED': {
      const { assigned } = happened
      const has = assigned.name || assigned.subject || 'nobody'
      return {
        text: `${about} was not decided in time or found nobody: ${happened.escalated.to} may decide as well from now on; ${has} has it${why}`,
      }
    }
    case 'REMINDED':
      return { text: `a reminder of ${about} was due` }
    case 'REPLANNED': {
      const { deadline, policyVersion } = happened.clock
      const due = deadline === null ? '' : `, and is due ${moment(deadline)}`
      return {
        text: `${by} had the deadline of ${about} counted by policy version ${policyVersion}${due}${why}`,
      }
    }
    case 'ASKED': {
      const { to, text, answerBy } = happened.question
      return {
        text: `${by} asked ${whom(to)} about ${about}: ${quoted(text)}; an answer was due by ${moment(answerBy)}`,
      }
    }
    case 'ANSWERED': {
      const proposed = happened.proposal?.corrections ?? []
      return {
        text: `${by} answered for ${whom(happened.question.to)} about ${about}: ${quoted(event.reason)}`,
        details: proposed.length > 0 ? [`that would change ${correctionWords(proposed)}`] : [],
      }
    }
    case 'UNANSWERED':
      return { text: `no answer of ${whom(happened.question.to)} came in time, so ${about} went on` }
    case 'NOTED':
      return { text: `${by} looked at ${about} and noted: ${quoted(event.reason)}` }
    case 'PROPOSED':
      return {
        text: `${by} proposed for ${about} to change ${correctionWords(happened.proposal.corrections)}${why}`,
        details: ['somebody else has to approve that'],
      }
    case 'APPROVAL_GIVEN': {
      const { given, needed } = happened.approval
      return { text: `${by} approved ${about}, ${given} of ${needed} who have to${why}` }
    }
    case 'CORRECTED': {
      const { corrections, forCustomer } = happened.corrected
      return {
        text: `${by} changed ${correctionWords(corrections)} for ${about}${why}`,
        details: saidTo(forCustomer),
      }
    }
    case 'NOT_CURED':
      return { text: `the rule of ${about} still holds on the corrected order, so it stays open` }
    case 'EVIDENCE_CHANGED':
      return {
        text: `the rule of ${about} holds with other values now: ${listed(happened.evidenceChanged.evidence.map(evidenceWords))}`,
      }
    case 'ORDER_CHANGED':
      return { text: `the order has changed while ${about} was open: whoever decides has to look again` }
    case 'REOPENED': {
      const { holds } = happened.reopened
      return {
        text: `${by} opened ${about} again${holds.length > 0 ? `, and it holds ${listed(holds)}` : ''}${why}`,
      }
    }
    case 'SETTLED':
      return { text: `what was decided on ${about} is in the order now, and its hold has ended` }
    case 'STOP_LIFTED':
      return { text: `the values that ${about} was stopped for have changed, so the stop is lifted` }
    case 'NOTICE_REQUESTED':
    case 'NOTICE_SENT':
    case 'NOTICE_FAILED':
      return undefined
    case undefined:
      return { text: `something happened to ${about} that this desk is too old to tell (${event.type})` }
    default:
      return happened satisfies never
  }
}

function openedWords(
  event: CaseEvent,
  { opened, assigned, clock, proposal }: Extract<CaseHappening, { type: 'OPENED' }>,
  people: StoryRecords['names'],
) {
  const { name, rule, owner, holds, evidence, raisedBy, earlierCase, request } = opened
  const by = raisedBy === '' ? 'opened' : `raised by ${who(event.actor)}`
  const has = assigned.name || assigned.subject
  const due = clock.deadline === null ? '' : `, due ${moment(clock.deadline)}`
  const held = holds.length > 0 ? `It holds ${listed(holds)}` : 'It holds nothing'
  return {
    text: `the case ${quoted(name)} was ${by} for ${owner}${raisedBy === '' ? '' : because(event.reason)}`,
    details: [
      ...(rule === '' ? [] : [`why: ${quoted(rule)}`]),
      ...(evidence.length > 0 ? [`the values: ${listed(evidence.map(evidenceWords))}`] : []),
      ...(request ? [requestWords({ ...request, by: people.get(request.by) ?? request.by })] : []),
      ...(proposal ? [`proposed: ${correctionWords(proposal.corrections)}`] : []),
      ...(earlierCase === '' ? [] : [`${earlierCase} decided this before; its values have changed`]),
      `${has === '' ? 'Nobody is on duty for it' : `${has} has it`}${due}`,
      event.policyVersion > 0 ? `${held}, by policy version ${event.policyVersion}` : held,
    ],
  }
}

const saidTo = (forCustomer: string): string[] =>
  forCustomer === '' ? [] : [`words for the customer: ${quoted(forCustomer)}`]

function closedWords(event: CaseEvent, closed: NonNullable<CaseEvent['closed']>, about: string) {
  const { outcome, corrections, asked, stops, endedBy, forCustomer } = closed
  const by = who(event.actor)
  const why = because(event.reason)
  const given = corrections.length > 0 ? ` and so changed ${correctionWords(corrections)}` : ''
  const granted = asked.map(({ path, value }) => `asked for was ${value || 'nothing'} as ${path}`)
  const stopped = stops.length > 0 ? [`stopped from now on: ${listed(stops)}`] : []
  const details = [...granted, ...stopped, ...saidTo(forCustomer)]
  switch (outcome) {
    case 'APPROVED':
      return { text: `${by} approved ${about}${given}${why}`, details }
    case 'REJECTED':
      return { text: `${by} said no to ${about}${why}`, details }
    case 'CORRECTED':
      return by === 'Holdpoint'
        ? { text: `the rule of ${about} no longer holds, so it is closed as corrected`, details }
        : { text: `${by} put ${about} right${given}${why}`, details }
    case 'STOPPED':
      return { text: `${by} stopped ${about}${endedBy ? `, together with ${endedBy}` : ''}${why}`, details }
    case 'OBSOLETE':
      return { text: `${about} has no reason any more, and is closed${why}`, details }
    case 'CLEARED':
      return { text: `${by} looked at the whole order and released it${why}`, details }
    case 'NONE':
    case 'UNKNOWN':
      return { text: `${about} was closed${why}`, details }
    default:
      return outcome satisfies never
  }
}
