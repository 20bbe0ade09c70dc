import type { CaseEvent, Change, Decision, NoticeRequest, OpenRequest, Order } from '@holdpoint/schemas'
import type { CaseRow } from '../case/case-row.ts'

/** Stands where a text was that was forgotten. */
export const forgotten = '(forgotten)'

export const erasedText = (text: string): string => (text === '' ? '' : forgotten)

/** Who the customer is, where they live and what identifies them elsewhere. */
const personalParts = new Set(['customer', 'billing', 'shipping'])
/** Of these parts, what says nothing of a person: rules and sums still read it. */
const harmless = new Set(
  'segment language country terms schedule method requestedDate splitDeliveries'.split(' '),
)
const isPersonal = (part: string, field: string): boolean =>
  part === 'contractNumber' || part === 'facts' || (personalParts.has(part) && !harmless.has(field))

/** Whether a path such as `shipping.city` names something personal. */
function isPersonalPath(path: string): boolean {
  const [part = '', field = ''] = path.replace(/^order\./, '').split('.')
  return isPersonal(part, field)
}

/** An expression of a rule may read anything of the order; what it reads of no person is only what names no such part. */
function isPersonalExpression(expression: string): boolean {
  const names = expression.match(/[a-z]\w*(?:\.\w+)+|\b(?:facts|contractNumber|request|customer)\b/gi) ?? []
  return names.some((name) => /^request\b/.test(name) || name === 'customer' || isPersonalPath(name))
}

export function erasedOrder(order: Order): Order {
  const of = <Part extends object>(part: string, fields: Part): Part =>
    Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        typeof value === 'string' && isPersonal(part, field) ? erasedText(value) : value,
      ]),
    ) as Part
  return {
    ...order,
    customer: of('customer', order.customer),
    billing: of('billing', order.billing),
    shipping: of('shipping', order.shipping),
    contractNumber: erasedText(order.contractNumber),
  }
}

/** Fields that hold what people wrote, wherever they stand. */
const said = new Set(['reason', 'why', 'text', 'detail', 'forCustomer', 'opened_reason', 'closed_reason'])
/** Values of a field that a path or an expression beside them names. */
const values = new Set(['value', 'from', 'to', 'expected', 'asked', 'given'])

/** The same value without anything that people wrote, or that says who the customer is. */
function erased<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(erased) as Value
  if (typeof value !== 'object' || value === null) return value
  const object = value as Record<string, unknown>
  const names = Object.entries(object).map(([name, one]) => [
    name,
    typeof one === 'string' && isErased(name, object) ? erasedText(one) : erased(one),
  ])
  return Object.fromEntries(names) as Value
}

function isErased(name: string, beside: Record<string, unknown>): boolean {
  const { path, expression, subject, requestId, noticeId } = beside
  if (said.has(name)) return true
  if (values.has(name) && typeof path === 'string') return isPersonalPath(path)
  if (name === 'value' && typeof expression === 'string') return isPersonalExpression(expression)
  if (name === 'name' && typeof subject === 'string') return subject.startsWith('customer:')
  if (name === 'by' && typeof requestId === 'string') return true
  return name === 'to' && typeof noticeId === 'string'
}

export const erasedEvent = (event: CaseEvent): CaseEvent => {
  const { refused, ...rest } = erased(event)
  return { ...rest, refused: refused && { ...refused, message: erasedText(refused.message) } }
}

export const erasedDecision = (decision: Omit<Decision, 'order'>): Omit<Decision, 'order'> => erased(decision)

export const erasedCase = (row: CaseRow): CaseRow => erased(row)

export const erasedChanges = (changes: Change[]): Change[] => erased(changes)

export const erasedRequests = (requests: OpenRequest[]): OpenRequest[] => erased(requests)

export const erasedFacts = (facts: { [name: string]: string }): { [name: string]: string } =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, erasedText(value)]))

type Told = Pick<NoticeRequest, 'recipient' | 'to' | 'toName'>

/** Which colleague was told stays; what a customer is reached by does not. */
export const erasedTold = <Row extends Told>(told: Row): Row =>
  told.recipient === 'STAFF' ? told : { ...told, to: erasedText(told.to), toName: erasedText(told.toName) }
