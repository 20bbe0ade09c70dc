import {
  deadLetter,
  done,
  type Lane,
  type LaneRecord,
  type LaneService,
  type Outcome,
  retryLater,
} from '@holdpoint/chassis'
import { deadLetterTopic, outputsOf, type RouterState } from '@holdpoint/schemas'
import { checkInput } from './check-input.ts'
import { type Context, type Input, NeverPublished, NotYetArrived, UnreadableVersion } from './record/input.ts'
import { initialState, isOpen } from './record/state.ts'
import { withMissed } from './revisions/missed-revisions.ts'
import { route } from './route.ts'

type In =
  | 'cases.findings.v1'
  | 'desk.commands.v1'
  | 'timers.fired.v1'
  | 'notices.outcomes.v1'
  | 'notices.bounces.v1'
type State = 'router.state.v1'

/** The tables of policies and rosters are read beside the lanes and are behind by moments at most. */
const tableWaitMs = 100

/** All that a decision rests on but the time. */
export type Published = Omit<Context, 'now'>

export function routerService(published: Published): LaneService<In, State> {
  return {
    service: 'router',
    inputs: [
      'cases.findings.v1',
      'desk.commands.v1',
      'timers.fired.v1',
      'notices.outcomes.v1',
      'notices.bounces.v1',
    ],
    state: 'router.state.v1',
    outputs: outputsOf('router'),
    deadLetters: deadLetterTopic.router,
    handle: (record, lane) => handle(record, lane, published),
    revisit: (key, lane) => revisit(key, lane, published),
  }
}

/** Duty may have changed: open cases of an order are given to who has them now. */
function revisit(key: string, lane: Lane<State>, published: Published): Outcome<State> {
  const before = lane.get(key)
  if (!before?.cases.some(isOpen)) return done([])
  const rosterVersion = published.roster()?.version ?? 0
  const outcome = routed(key, before, { kind: 'duty', rosterVersion }, lane, published)
  // There is no record that could become a dead letter: the log tells of it.
  if (outcome.kind === 'deadLetter') throw new Error(outcome.problems.map(({ message }) => message).join(' '))
  return outcome
}

function handle(record: LaneRecord<In>, lane: Lane<State>, published: Published): Outcome<State> {
  const before = lane.get(record.key) ?? initialState(record.key)
  const input = inputOf(record, before)
  const checked = checkInput(before, input, lane.now)
  if (checked === 'outOfDate') return done()
  if (checked !== 'sound') return deadLetter('INVALID', checked.problems)
  return routed(record.key, before, input, lane, published)
}

function routed(
  key: string,
  before: RouterState,
  input: Input,
  { now }: Lane<State>,
  published: Published,
): Outcome<State> {
  try {
    const { state, publish } = route(before, input, { ...published, now })
    return state === before ? done(publish) : done(publish, { key, value: state })
  } catch (error) {
    return whyNot(error)
  }
}

function whyNot(error: unknown): Outcome<never> {
  if (error instanceof NotYetArrived)
    return retryLater(error.message, tableWaitMs, { endless: error.nothingYet })
  if (error instanceof NeverPublished || error instanceof UnreadableVersion) return invalid('', error.message)
  throw error
}

function inputOf(record: LaneRecord<In>, before: RouterState): Input {
  switch (record.topic) {
    case 'cases.findings.v1':
      return { kind: 'findings', findings: withMissed(before, present(record.value)) }
    case 'desk.commands.v1':
      return { kind: 'command', command: present(record.value) }
    case 'timers.fired.v1':
      return { kind: 'timer', fired: present(record.value) }
    case 'notices.outcomes.v1':
      return { kind: 'notice', outcome: present(record.value) }
    case 'notices.bounces.v1':
      return { kind: 'bounce', bounce: present(record.value) }
    default:
      return record satisfies never
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new TypeError('The chassis hands on no record without a value.')
  return value
}

function invalid(path: string, message: string): Outcome<never> {
  return deadLetter('INVALID', [{ path, message }])
}
