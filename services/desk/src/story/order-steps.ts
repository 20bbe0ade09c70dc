import type { Verdict } from '@holdpoint/schemas'
import type { StoryRecords, ToldDecision, ToldLetter, ToldRevision } from './records.ts'
import type { Step } from './step.ts'
import { because, changeWords, ended, fieldWords, listed, quoted, sentence, who } from './words.ts'

const mostChanges = 8

/** What came in, or what a case made of it. */
export function revisionStep(
  { revision, at, cause, changes, place }: ToldRevision,
  { customerName, names }: StoryRecords,
): Step {
  const corrected = changes.filter(({ origin }) => origin === 'CORRECTION')
  const by = [...new Set(corrected.map((change) => names.get(change.by) ?? change.by))]
  const isCorrection = corrected.length > 0
  const text = isCorrection
    ? `Revision ${revision} of the order carries what ${listed(by)} changed: ${listed(corrected.map(changeWords))}`
    : `${cause.source} ${causes[cause.kind] ?? 'sent the order anew'}${revision === 1 && customerName ? ` of ${customerName}` : ''} (event ${cause.eventId}, revision ${revision})`
  const told = isCorrection || revision === 1 ? [] : changes
  const more = told.length - mostChanges
  const details = [
    ...told.slice(0, mostChanges).map((change) => ended(sentence(changeWords(change)))),
    ...(more > 0 ? [`And ${more} more changes.`] : []),
  ]
  const kind = 'came-in' as const
  const records = [place]
  return { at, kind, who: listed(by), text: ended(text), details, caseId: '', policyVersion: 0, records }
}

const causes: Readonly<Record<string, string>> = {
  PLACED: 'placed the order',
  CHANGED: 'changed the order',
  REQUESTED: 'asked for something',
  CANCELLED: 'cancelled the order',
  STAGE_STARTED: 'reported that a stage has started',
  STAGE_DONE: 'reported that a stage is done',
}

/** What billing and warehouse were told. */
export function decisionStep({ decision, place }: ToldDecision, before: ToldDecision | undefined): Step {
  const { at, sequence, revision, verdicts, by, reason, policyVersion } = decision
  const told = verdicts.map(({ stage, verdict, recall, tooLate }) => {
    const wasGoingOn = before?.decision.verdicts.some((one) => one.stage === stage && !one.recall)
    const back = recall && wasGoingOn ? ' (it is called back)' : ''
    return `${stage} ${verdictWords[verdict]}${tooLate ? ', though it has started already' : back}`
  })
  const isPerson = who(by) !== 'Holdpoint'
  const text = `Decision ${sequence}, on revision ${revision}: ${listed(told)}`
  return {
    at,
    kind: 'decided',
    who: isPerson ? who(by) : '',
    text: ended(isPerson ? `${text}. That came of what ${who(by)} did${because(reason)}` : text),
    details: [],
    caseId: '',
    policyVersion,
    records: [place],
  }
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  PROCEED: 'may go on',
  HOLD: 'waits',
  STOP: 'is stopped',
  UNKNOWN: 'is in a state that this desk does not know',
}

/** A message that could not be used, and who sent it through once more. */
export function letterSteps({ code, service, problems, at, replay, place }: ToldLetter): Step[] {
  const nobody = { who: '', caseId: '', policyVersion: 0, details: [] as string[], records: [place] }
  const wrong = problems.map(({ path, message }) => ended(path ? `${fieldWords(path)}: ${message}` : message))
  const refused: Step = {
    ...nobody,
    at,
    kind: 'refused',
    text: `${sentence(service)} could not use a message, and kept it aside (${code}).`,
    details: wrong,
  }
  if (!replay) return [refused]
  const { by, reason } = replay
  const text = ended(`${by.name} sent that message through ${service} once more${because(reason)}`)
  return [refused, { ...nobody, at: replay.at, kind: 'came-in', who: by.name, text }]
}

export const requestWords = ({ by, text }: { by: string; text: string }): string =>
  `${by || 'Somebody'} asks: ${quoted(text)}`
