import { type Order, orderFields, type Revision, type StageState } from '@holdpoint/schemas'
import type { Subject } from './subject.ts'
import type { VariableName } from './term.ts'
import {
  amount,
  type FieldValue,
  fieldVariables,
  numberVariable,
  type Scope,
  type Section,
  section,
  textsVariable,
  textVariable,
  truthVariable,
  type Variable,
} from './variable.ts'

export const stageStates = ['waiting', 'started', 'done'] as const
export const eventKinds = [
  'PLACED',
  'CHANGED',
  'REQUESTED',
  'CANCELLED',
  'STAGE_STARTED',
  'STAGE_DONE',
  'CORRECTION',
] as const

/** Everything that the rules of a policy with these stages can read. */
export function scopeOf(stages: readonly string[]): Scope {
  return new Map<VariableName, Section | Variable>([
    ['order', orderSection],
    ['lines', linesSection],
    ['request', requestSection],
    ['changes', changesSection],
    ['stages', section(stages.map((stage) => [stage, stageVariable(stage)]))],
    ['facts', { kind: 'section', members: new Map(), open: factVariable }],
    ['event', eventSection],
    ['cancelled', truthVariable(({ revision }) => revision.cancelled)],
  ])
}

const orderSection = orderSectionOf()

const linesSection = section([
  ['total', amount(({ sums }) => sums.total)],
  ['count', amount(({ count }) => count)],
  ['minQuantity', amount(({ sums }) => sums.minQuantity)],
  ['minUnitPrice', amount(({ sums }) => sums.minUnitPrice)],
  ['maxDiscountPercent', amount(({ sums }) => sums.maxDiscountPercent)],
  ['skus', textsVariable(({ lines }) => lines.skus)],
  ['descriptions', textsVariable(({ lines }) => lines.descriptions)],
])

const requestSection = section([
  ['openedAt', fieldVariables.instant(openedAt)],
  ['requestId', textVariable(({ request }) => request?.requestId ?? '')],
  ['kind', textVariable(({ request }) => request?.kind ?? '')],
  ['text', textVariable(({ request }) => request?.text ?? '')],
  ['by', textVariable(({ request }) => request?.by ?? '')],
  ['role', textVariable(({ request }) => request?.role ?? '')],
])

const changesSection = section([
  ['count', numberVariable(({ changes }) => BigInt(changes.count) * 10_000n)],
  ['paths', textsVariable(({ changes }) => changes.paths)],
])

const eventSection = section([
  [
    'kind',
    { ...textVariable(({ revision }) => eventKindOf(revision)), type: { is: 'text', oneOf: eventKinds } },
  ],
  ['source', textVariable(({ revision }) => revision.cause.source)],
  ['occurredAt', fieldVariables.instant(({ revision }) => revision.cause.occurredAt)],
])

/** When the request came in. */
function openedAt({ revision, request }: Subject): number {
  return revision.requests.find((open) => open.request === request)?.openedAt ?? revision.at
}

/** A revision that a correction made has no event. */
function eventKindOf({ cause }: Revision): string {
  return cause.kind === 'UNKNOWN' ? 'CORRECTION' : cause.kind
}

function stageVariable(stage: string): Variable {
  const state = ({ revision }: Subject) => stageState(revision.stages, stage)
  return { ...textVariable(state), type: { is: 'text', oneOf: stageStates } }
}

/** A stage that upstream never mentioned is waiting. */
function stageState(stages: Readonly<Record<string, StageState>>, stage: string): string {
  return Object.hasOwn(stages, stage) ? String(stages[stage]).toLowerCase() : 'waiting'
}

function factVariable(name: string): Variable {
  return textVariable(({ revision }) =>
    Object.hasOwn(revision.facts, name) ? (revision.facts[name] as string) : '',
  )
}

/** The order's own fields, as the schema declares them; its lines are reached by `lines` only. */
function orderSectionOf(): Section {
  const top = new Map<string, Section | Variable>([['id', textVariable(({ revision }) => revision.orderId)]])
  const sections = new Map<string, Map<string, Section | Variable>>()
  for (const { path, type } of orderFields()) {
    const [first = '', second] = path.split('.')
    if (first === 'lines') continue
    const variable = fieldVariables[type](valueAt(first, second))
    if (second === undefined) top.set(first, variable)
    else sections.set(first, (sections.get(first) ?? new Map()).set(second, variable))
  }
  for (const [name, members] of sections) top.set(name, { kind: 'section', members })
  return { kind: 'section', members: top }
}

function valueAt(first: string, second: string | undefined): (subject: Subject) => FieldValue {
  if (second === undefined) return ({ revision }) => revision.order[first as keyof Order] as FieldValue
  return ({ revision }) =>
    (revision.order[first as keyof Order] as unknown as Record<string, FieldValue>)[second] as FieldValue
}
