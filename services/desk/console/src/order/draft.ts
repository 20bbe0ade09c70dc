import type { ActionName, CaseDetail, Correction, OrderView } from '@holdpoint/desk-contract'
import { type ActionField, ruleOf } from '@holdpoint/policy/actions'
import type { ActionRequest } from '../api/act.ts'
import { isUnnamed } from './actions.ts'
import { correctionsIn, type Edits, grantsIn } from './fields.ts'

/** What a person has written in the form of an action. */
export interface Draft {
  /** Why; the question, the answer, the note. */
  reason: string
  to: string
  within: string
  wholeOrder: boolean
  /** What the customer reads of it. */
  forCustomer: string
  edits: Edits
  /** The order as it was displayed while this was written; null before anything was. */
  seen: { digest: string; revision: number } | null
}

export const emptyDraft: Draft = {
  ...{ reason: '', to: '', within: '', wholeOrder: false, forCustomer: '' },
  edits: {},
  seen: null,
}

/** Nothing is in it that somebody typed or chose. */
export const isUntouched = (draft: Draft): boolean =>
  JSON.stringify({ ...draft, seen: null }) === JSON.stringify(emptyDraft)

/** The order as it was when this was written: of one that has changed since, only which it was. */
export const asSeen = (view: OrderView, seen: Draft['seen']): OrderView =>
  seen && seen.digest !== view.digest ? { ...view, ...seen } : view

/** The order with what is proposed for the case behind its digest: what a decision is bound to. */
export function withProposal(view: OrderView, { digest }: Pick<CaseDetail, 'digest'>): OrderView {
  const proposed = proposedIn(digest)
  return proposed === '' ? view : { ...view, digest: view.digest + proposed }
}

/** The part of a case's digest that is of the values that somebody proposed; empty for none. */
export const proposedIn = (digest: string): string => /\+.*$/.exec(digest)?.[0] ?? ''

/** What the text of an action is called, and what to do when it is missing; undefined for an action that needs none. */
export function textOf(action: ActionName): { label: string; about: string; missing: string } | undefined {
  switch (action) {
    case 'claim':
      return undefined
    case 'ask':
      return {
        label: 'Question',
        about: 'Goes out as you write it.',
        missing: 'Write what you want to know.',
      }
    case 'answer':
      return { label: 'Answer', about: 'Stays with the case, with your name.', missing: 'Write the answer.' }
    case 'note':
      return { label: 'Note', about: 'Stays with the case, with your name.', missing: 'Write the note.' }
    default:
      return {
        label: 'Reason',
        about: 'Stays with the case, with your name.',
        missing: 'Say why, so that others can follow.',
      }
  }
}

export type Lack = '' | 'reason' | 'change' | 'to'

/** What is still missing before the action can be sent. */
export function lackOf(action: ActionName, { reason, to }: Draft, corrections: readonly Correction[]): Lack {
  if (action === 'correct' && corrections.length === 0) return 'change'
  if (takes(action, 'to') && to === '') return 'to'
  return textOf(action) && reason.trim() === '' ? 'reason' : ''
}

/** Fields that the case lets people set: those of its type, and those that its request is about. */
export function settable(one: CaseDetail, { requests }: OrderView): string[] {
  const { mayCorrect, requestId } = one
  if (isUnnamed(one)) return []
  const asked = requestId ? requests.find(({ request }) => request.requestId === requestId) : undefined
  return [...mayCorrect, ...(asked?.request.proposes.map(({ path }) => path) ?? [])]
}

/** The values that wait for a yes, by path: of the request, and those that somebody proposed since. */
export function askedValues({ request, proposal }: CaseDetail): Edits {
  const asked = [...(request?.proposes ?? []), ...(proposal?.corrections ?? [])]
  return Object.fromEntries(asked.map(({ path, value }) => [path, value]))
}

/** What is sent: of the draft only what belongs to the action. */
export function contentOf(action: ActionName, draft: Draft, one: CaseDetail, seen: OrderView): ActionRequest {
  const { reason, to, within, wholeOrder, forCustomer, edits } = draft
  return {
    action,
    reason: reason.trim(),
    digest: seen.digest,
    corrections: takes(action, 'corrections') ? fieldsIn(action, edits, one, seen) : [],
    ...(takes(action, 'to') ? { to } : {}),
    ...(takes(action, 'within') ? { within: within.trim() } : {}),
    ...(takes(action, 'wholeOrder') ? { wholeOrder } : {}),
    ...(takes(action, 'forCustomer') && forCustomer.trim() !== '' ? { forCustomer: forCustomer.trim() } : {}),
  }
}

/** An approval says only what it grants otherwise than it was asked for. */
function fieldsIn(action: ActionName, edits: Edits, one: CaseDetail, seen: OrderView) {
  const { order } = seen
  const patterns = settable(one, seen)
  return action === 'approve'
    ? grantsIn(order, patterns, edits, askedValues(one))
    : correctionsIn(order, patterns, edits)
}

export const takes = (action: ActionName, field: ActionField): boolean =>
  ruleOf(action)?.takes.includes(field) ?? false
