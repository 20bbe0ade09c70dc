import { type Correction, orderSeen, viewDigest } from '@holdpoint/schemas'
import { type Refusal, refuse } from '../record/refusal.ts'
import type { Asked } from './asked.ts'

/** How many proposed fields a sentence names. */
const mostTold = 5

/** Nobody decides on an order, or on proposed values, other than those that were displayed to them. */
export function checkView({ command, state, one }: Asked): Refusal | undefined {
  const { digest, revision } = state
  if (command.digest === viewDigest(digest, one.proposal)) return undefined
  if (orderSeen(command.digest) !== digest)
    return refuse(
      'STALE_VIEW',
      `The order has changed since it was displayed and is at revision ${revision}: look at what changed, then decide.`,
    )
  if (!one.proposal)
    return refuse(
      'STALE_VIEW',
      'What was proposed when it was displayed waits for nobody any more: look at the case again, then decide.',
    )
  const { by, corrections } = one.proposal
  return refuse(
    'STALE_VIEW',
    `Since it was displayed, ${by.name || by.subject} has proposed that ${named(corrections)}: look at that, then decide.`,
  )
}

function named(corrections: readonly Correction[]): string {
  const told = corrections.slice(0, mostTold).map(({ path, value }) => `${path} becomes "${value}"`)
  const left = corrections.length - told.length
  return [...told, ...(left > 0 ? [`${left} more fields change`] : [])].join(', ')
}
