import type { CaseEvent, CaseEventType } from './generated/types.ts'

/** The parts of a case event that only some types of it have. */
type PartName = keyof Pick<
  CaseEvent,
  | 'opened'
  | 'evidenceChanged'
  | 'escalated'
  | 'closed'
  | 'refused'
  | 'notice'
  | 'clock'
  | 'assigned'
  | 'question'
  | 'proposal'
  | 'approval'
  | 'reopened'
  | 'corrected'
>

/** A record of cases.events.v1, or the same with its instants written otherwise. */
export type CaseEventParts = { type: CaseEventType } & { [Name in PartName]: object | null }

type With<Event extends CaseEventParts, Type extends CaseEventType, Has extends PartName = never> = {
  type: Type
} & { [Name in Has]: NonNullable<Event[Name]> }

/**
 * What can happen to a case, each with the parts that belong to it: the union that everybody who reads case events
 * switches over. A new type of event is one line here, and the compiler names every place that has to know it.
 */
export type CaseHappening<Event extends CaseEventParts = CaseEvent> =
  | (With<Event, 'OPENED', 'opened' | 'clock' | 'assigned'> & Pick<Event, 'proposal'>)
  | With<Event, 'EVIDENCE_CHANGED', 'evidenceChanged'>
  | With<Event, 'ORDER_CHANGED'>
  | With<Event, 'ASSIGNED', 'assigned'>
  | With<Event, 'ESCALATED', 'escalated' | 'clock' | 'assigned'>
  | With<Event, 'REMINDED', 'clock'>
  | With<Event, 'REPLANNED', 'clock'>
  | With<Event, 'ASKED', 'question' | 'clock'>
  | (With<Event, 'ANSWERED', 'question' | 'clock'> & Pick<Event, 'proposal'>)
  | With<Event, 'UNANSWERED', 'question' | 'clock'>
  | With<Event, 'NOTED'>
  | With<Event, 'PROPOSED', 'proposal'>
  | With<Event, 'APPROVAL_GIVEN', 'approval'>
  | With<Event, 'CORRECTED', 'corrected'>
  | With<Event, 'NOT_CURED', 'evidenceChanged'>
  | With<Event, 'CLOSED', 'closed'>
  | With<Event, 'REOPENED', 'reopened' | 'clock' | 'assigned'>
  | With<Event, 'SETTLED'>
  | With<Event, 'STOP_LIFTED'>
  | With<Event, 'REFUSED', 'refused'>
  | With<Event, 'NOTICE_REQUESTED', 'notice'>
  | With<Event, 'NOTICE_SENT', 'notice'>
  | With<Event, 'NOTICE_FAILED', 'notice'>

/** Reads an event as what happened; undefined when its type is newer than this code, or a part of it is missing. */
export function happeningOf<Event extends CaseEventParts>(event: Event): CaseHappening<Event> | undefined {
  const { type } = event
  switch (type) {
    case 'OPENED':
      return having(event, ['opened', 'clock', 'assigned'], ['proposal'])
    case 'ANSWERED':
      return having(event, ['question', 'clock'], ['proposal'])
    case 'EVIDENCE_CHANGED':
    case 'NOT_CURED':
      return having(event, ['evidenceChanged'])
    case 'CORRECTED':
      return having(event, ['corrected'])
    case 'ASSIGNED':
      return having(event, ['assigned'])
    case 'ESCALATED':
      return having(event, ['escalated', 'clock', 'assigned'])
    case 'REMINDED':
    case 'REPLANNED':
      return having(event, ['clock'])
    case 'ASKED':
    case 'UNANSWERED':
      return having(event, ['question', 'clock'])
    case 'PROPOSED':
      return having(event, ['proposal'])
    case 'APPROVAL_GIVEN':
      return having(event, ['approval'])
    case 'CLOSED':
      return having(event, ['closed'])
    case 'REOPENED':
      return having(event, ['reopened', 'clock', 'assigned'])
    case 'REFUSED':
      return having(event, ['refused'])
    case 'NOTICE_REQUESTED':
    case 'NOTICE_SENT':
    case 'NOTICE_FAILED':
      return having(event, ['notice'])
    case 'ORDER_CHANGED':
    case 'NOTED':
    case 'SETTLED':
    case 'STOP_LIFTED':
      return having(event, [])
    case 'UNKNOWN':
      return undefined
    default:
      return type satisfies never
  }
}

/** The parts that an event of its type must have, and those that it may have. */
function having<Event extends CaseEventParts>(
  event: Event,
  needed: readonly PartName[],
  optional: readonly PartName[] = [],
): CaseHappening<Event> | undefined {
  if (needed.some((name) => event[name] === null)) return undefined
  const parts = [...needed, ...optional].map((name) => [name, event[name]])
  return { type: event.type, ...Object.fromEntries(parts) }
}
