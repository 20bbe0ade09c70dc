import {
  deadLetter,
  done,
  type Lane,
  type LaneRecord,
  type LaneService,
  type Outcome,
} from '@holdpoint/chassis'
import { deadLetterTopic, outputsOf } from '@holdpoint/schemas'
import { contentOf } from './content.ts'
import type { Input } from './evolve.ts'
import { fold } from './fold.ts'
import { limits } from './limits.ts'

type In = 'orders.inbound.v1' | 'orders.corrections.v1'
type State = 'intake.state.v1'

export const intake: LaneService<In, State> = {
  service: 'intake',
  inputs: ['orders.inbound.v1', 'orders.corrections.v1'],
  state: 'intake.state.v1',
  outputs: outputsOf('intake'),
  deadLetters: deadLetterTopic.intake,
  handle,
}

function handle(record: LaneRecord<In>, lane: Lane<State>): Outcome<State> {
  if ((record.valueBytes?.length ?? 0) > limits.eventBytes)
    return refuse(
      '',
      `has ${record.valueBytes?.length} bytes, ${limits.eventBytes} are allowed: send less at once.`,
    )
  const folded = fold(lane.get(record.key), inputOf(record), lane.now)
  switch (folded.kind) {
    case 'dropped':
      return done()
    case 'refused':
      return deadLetter(folded.code, folded.problems)
    case 'revised':
      return done([{ topic: 'orders.revisions.v1', key: record.key, value: folded.revision }], {
        key: record.key,
        value: folded.state,
      })
    default:
      return folded satisfies never
  }
}

function inputOf(record: LaneRecord<In>): Input {
  if (record.value === null) throw new TypeError('The chassis hands on no record without a value.')
  return record.topic === 'orders.inbound.v1'
    ? { kind: 'event', event: record.value, content: contentOf(record.value) }
    : { kind: 'correction', correction: record.value }
}

function refuse(path: string, message: string): Outcome<never> {
  return deadLetter('INVALID', [{ path, message }])
}
