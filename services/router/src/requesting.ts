import { askAnew, askedFromElsewhere, raisedFromElsewhere } from '@holdpoint/policy/duty'
import { type Asked, type Refusal, refuse } from './refusal.ts'

/** What is asked for by somebody who may not ask for it is not granted as it is. */
export function checkRequestedBy({ state, one, type, staff }: Asked): Refusal | undefined {
  const people = staff?.roster.people.values()
  const open = state.requests.find(
    ({ request }) => one.requestId !== '' && request.requestId === one.requestId,
  )
  const elsewhere = open
    ? askedFromElsewhere(type, open.request, people)
    : raisedFromElsewhere(type, one.raisedBy, people)
  return elsewhere === undefined ? undefined : refuse('ACTION_NOT_ALLOWED', `${elsewhere} ${askAnew(type)}`)
}
