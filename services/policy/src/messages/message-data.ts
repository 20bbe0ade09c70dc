/** What a text for the customer may name. What is true of stages, times and questions, the letter says by itself. */
export const messageNames = [
  'order.id',
  'order.amount',
  'order.total',
  'order.currency',
  'order.placed',
  'order.terms',
  'order.purchaseOrder',
  'order.shipping.city',
  'order.shipping.country',
  'customer.name',
  'customer.email',
  'company.name',
  'request.asked',
] as const

/**
 * What texts of before could name besides. A subject that names one of these gives way to the letter's own; new texts may
 * not: the name of a case is for staff, and the letter says when and what.
 */
export const formerNames = [
  'case.id',
  'case.name',
  'case.names',
  'case.due',
  'due',
  'question',
  'answer.by',
] as const

/** What a text is filled with: a text for each name; one that does not apply is empty. */
export type CustomerData = Record<(typeof messageNames)[number], string>
