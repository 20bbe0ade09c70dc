import type { ToldForget } from './records.ts'
import type { Step } from './step.ts'
import { because, ended, who } from './words.ts'

/** Who had the order forgotten, and what that took away. */
export function forgetStep({ by, reason, at, place }: ToldForget): Step {
  return {
    at,
    kind: 'forgotten',
    who: who(by),
    text: ended(`${who(by)} had the customer of this order forgotten${because(reason)}`),
    details: [
      'Who the customer is, what people wrote and what was sent to the customer were erased here; the trail keeps it closed.',
    ],
    caseId: '',
    policyVersion: 0,
    records: [place],
  }
}
