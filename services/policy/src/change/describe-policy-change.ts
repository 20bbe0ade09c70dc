import { isBuiltIn } from '../built-in-types.ts'
import { withinInWords } from '../calendar/index.ts'
import type { Policy } from '../policy.ts'
import { counted, listed } from '../words/lists.ts'
import { calendarChanges } from './calendar-changes.ts'
import { messageChanges } from './message-changes.ts'
import { roleChanges } from './role-changes.ts'
import { saidIf } from './said.ts'
import { typeChanges } from './type-changes.ts'

/**
 * What a new version of the policy changes, one plain sentence for each change; empty exactly when nothing changes.
 * `before` undefined: there was none.
 */
export function describePolicyChange(before: Policy | undefined, after: Policy): string[] {
  if (!before) return [`The first version, with ${counted(ownTypes(after), 'exception type')}.`]
  return [
    ...saidIf(`"${before.title}"`, `"${after.title}"`, (is) => `The title is now ${is}`),
    ...saidIf(before.orderOwner, after.orderOwner, (is) => `The order owner is now ${is}`),
    ...saidIf(
      listed(before.stages),
      listed(after.stages),
      (is) => `The stages that can be held are now ${is}`,
    ),
    ...saidIf(
      silenceOf(before),
      silenceOf(after),
      (is) => `The customer of a held order hears from us ${is}`,
    ),
    ...saidIf(alwaysOf(before), alwaysOf(after), (is) => `Staff are told by mail at any hour of ${is}`),
    ...saidIf(companyOf(before), companyOf(after), (is) => `Customers are written to by ${is}`),
    ...requestChanges(before, after),
    ...calendarChanges(before.calendars, after.calendars),
    ...roleChanges(before.roles, after.roles),
    ...typeChanges(before, after),
    ...messageChanges(before.messages, after.messages),
  ]
}

function requestChanges(before: Policy, after: Policy): string[] {
  const kinds = [...new Set([...after.requests.keys(), ...before.requests.keys()])]
  return kinds.flatMap((kind) =>
    saidIf(
      answers[before.requests.get(kind) ?? 'NONE'],
      answers[after.requests.get(kind) ?? 'NONE'],
      (answer) => `A request of the kind "${kind}" that no rule names is now ${answer}`,
    ),
  )
}

const answers = { ACCEPT: 'accepted', REFUSE: 'refused', NONE: 'a case of the order owner' } as const

const silenceOf = ({ customerSilence: silence }: Policy): string =>
  silence === null ? 'when there is something to say' : `within ${withinInWords(silence)} at the latest`

const alwaysOf = ({ alwaysTold }: Policy): string => listed(alwaysTold) || 'nothing'

const companyOf = ({ company }: Policy): string =>
  company
    ? listed([company.name, company.email, company.phone].filter((part) => part !== ''))
    : 'nobody that is named'

const ownTypes = ({ types }: Policy): number => [...types.keys()].filter((type) => !isBuiltIn(type)).length
