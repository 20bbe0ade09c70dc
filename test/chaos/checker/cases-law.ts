import { type CaseEvent, type Invariant, messageOf } from './invariant.ts'

/** A case as its events tell it. */
export interface CaseStory {
  orderId: string
  status: 'OPEN' | 'WAITING' | 'CLOSED'
  outcome: string
  level: number
  /** What the decision changes has come back in a revision. */
  settled: boolean
  /** Fields were put right, and no revision has carried them yet. */
  underWay: boolean
}

/** What may happen at any time, also to a case that nobody knows. */
const alwaysPossible = new Set(['REFUSED', 'NOTED', 'NOTICE_REQUESTED', 'NOTICE_SENT', 'NOTICE_FAILED'])

/** What a case waits for after it was asked, and after the answer or its absence. */
const statusAfter: Record<string, CaseStory['status']> = {
  ASKED: 'WAITING',
  ANSWERED: 'OPEN',
  UNANSWERED: 'OPEN',
}

/** Adds an event to the story of its case; says what is wrong with that. */
export function tellCase(stories: Map<string, CaseStory>, event: CaseEvent): string | undefined {
  const story = stories.get(event.caseId)
  if (alwaysPossible.has(event.type)) return undefined
  if (event.type === 'OPENED') {
    if (story) return 'opens a second time'
    stories.set(event.caseId, {
      orderId: event.orderId,
      status: 'OPEN',
      outcome: 'NONE',
      level: 0,
      settled: false,
      underWay: false,
    })
    return undefined
  }
  if (!story) return `has ${event.type} before it opened`
  if (story.orderId !== event.orderId) return `belongs to ${story.orderId} and to ${event.orderId}`
  if (event.type === 'SETTLED') return settle(story)
  if (event.type === 'STOP_LIFTED')
    return story.status === 'CLOSED' ? undefined : 'lifts a stop before it closed'
  if (event.type === 'REOPENED') return reopen(story)
  // What was approved with other values covers those once a revision carries them.
  if (event.type === 'EVIDENCE_CHANGED' && story.outcome === 'APPROVED') return undefined
  if (story.status === 'CLOSED') return `has ${event.type} after it closed`
  if (event.type === 'CORRECTED' && story.underWay) return 'is corrected while a correction is under way'
  if (event.type === 'NOT_CURED' && !story.underWay) return 'is not cured by what nobody put right'
  if (event.type === 'CORRECTED' || event.type === 'NOT_CURED') story.underWay = event.type === 'CORRECTED'
  if (event.type !== 'ASKED' && event.type in statusAfter && story.status !== 'WAITING')
    return `has ${event.type} while it waits for nothing`
  story.status = statusAfter[event.type] ?? story.status
  if (event.closed) Object.assign(story, { status: 'CLOSED', outcome: event.closed.outcome, underWay: false })
  if (event.escalated && event.escalated.level <= story.level)
    return `goes from level ${story.level} to ${event.escalated.level}`
  if (event.escalated) story.level = event.escalated.level
  return undefined
}

/** A case that is open again begins anew. */
function reopen(story: CaseStory): string | undefined {
  if (story.status !== 'CLOSED') return 'is opened again while it is open'
  Object.assign(story, { status: 'OPEN', outcome: 'NONE', level: 0, settled: false })
  return undefined
}

/** The changes that a case authorised arrive once. */
function settle(story: CaseStory): string | undefined {
  if (story.underWay) {
    story.underWay = false
    return undefined
  }
  if (story.status !== 'CLOSED') return 'is settled before it closed'
  if (story.settled) return 'is settled twice'
  story.settled = true
  return undefined
}

export function casesLaw(): Invariant {
  const stories = new Map<string, CaseStory>()
  const faults: string[] = []
  const eventIds = new Set<string>()
  return {
    name: 'cases',
    law: 'Every case opens once, closes at most once each time that it is open, and its events are in their order.',
    take(record) {
      const event = messageOf('cases.events.v1', record)
      if (!event) return
      const fault = tellCase(stories, event)
      if (fault) faults.push(`Case ${event.caseId} ${fault}.`)
      if (eventIds.has(event.eventId)) faults.push(`Event ${event.eventId} is there twice.`)
      eventIds.add(event.eventId)
    },
    close(tell) {
      for (const fault of faults) tell(fault)
      const open = [...stories.values()].filter(({ status }) => status !== 'CLOSED').length
      return { cases: stories.size, open, events: eventIds.size }
    },
  }
}

/** A command is answered once: carried out, or refused. */
export function commandsLaw(): Invariant {
  const commands = new Map<string, string>()
  const answers = new Map<string, number>()
  return {
    name: 'commands',
    law: 'Every command is carried out or refused, once.',
    take(record) {
      const command = messageOf('desk.commands.v1', record)
      if (command) commands.set(command.commandId, command.caseId)
      const event = messageOf('cases.events.v1', record)
      if (event?.commandId && isAnswer(event))
        answers.set(event.commandId, (answers.get(event.commandId) ?? 0) + 1)
    },
    close(tell) {
      for (const [commandId, caseId] of commands) {
        const found = answers.get(commandId) ?? 0
        if (found !== 1) tell(`Command ${commandId} for case ${caseId} has ${found} answers.`)
      }
      for (const commandId of answers.keys())
        if (!commands.has(commandId)) tell(`Nobody sent command ${commandId}.`)
      return { commands: commands.size }
    },
  }
}

/** The first event that carries the command answers it; a repeat of it is told so. */
const isAnswer = ({ refused }: CaseEvent) => refused?.code !== 'DUPLICATE_COMMAND'
