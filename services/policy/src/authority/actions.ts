import type { Action } from '@holdpoint/schemas'

/** What is done about a case that there is; one that there is not yet is raised about an order. */
export type CaseAction = Exclude<Action, 'RAISE'>
/** Without what a newer desk knows. */
export type KnownAction = Exclude<CaseAction, 'UNKNOWN'>

/** What may be said with an action, besides its reason. */
export type ActionField = 'corrections' | 'to' | 'within' | 'wholeOrder' | 'forCustomer'

/** So many cases are taken at once. */
export const mostAtOnce = 200

export interface ActionRule {
  /** Ends the case, so that it is bound to what was displayed: a digest goes with it. */
  ends: boolean
  /** Can be done about many cases at once. */
  many: boolean
  /** What to say to whoever gives no reason; null where none is needed. */
  reasonMissing: string | null
  takes: readonly ActionField[]
}

const sayWhy = 'Say why: the reason stays with the case.'
const plain = { ends: false, many: false, reasonMissing: sayWhy, takes: [] } as const

/** The one table of what can be done about a case: API, command line, console and router go by it. */
export const actionRules: Readonly<Record<KnownAction, ActionRule>> = {
  APPROVE: { ...plain, ends: true, many: true, takes: ['corrections', 'forCustomer'] },
  REJECT: { ...plain, ends: true, many: true, takes: ['forCustomer'] },
  CORRECT: { ...plain, ends: true, takes: ['corrections', 'forCustomer'] },
  STOP: { ...plain, ends: true, many: true, takes: ['wholeOrder', 'forCustomer'] },
  CLEAR: { ...plain, ends: true, many: true, takes: ['forCustomer'] },
  ASK: { ...plain, reasonMissing: 'Write what you want to know.', takes: ['to', 'within'] },
  ANSWER: { ...plain, reasonMissing: 'Write what the answer is.', takes: ['corrections'] },
  NOTE: { ...plain, many: true, reasonMissing: 'Write the note.' },
  CLAIM: { ...plain, many: true, reasonMissing: null },
  REASSIGN: { ...plain, takes: ['to'] },
  REPLAN: { ...plain, many: true },
  REOPEN: plain,
}

export const knownActions = Object.keys(actionRules) as readonly KnownAction[]

export const isKnownAction = (action: string): action is KnownAction => Object.hasOwn(actionRules, action)

/** The rule of an action in any case of letters; undefined for one that there is not. */
export function ruleOf(action: string): ActionRule | undefined {
  const name = action.toUpperCase()
  return isKnownAction(name) ? actionRules[name] : undefined
}

/** Whether an action ends the case that it is done about. */
export const endsCase = (action: string): boolean => ruleOf(action)?.ends ?? false
