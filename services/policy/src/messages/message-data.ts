/** What a message to the customer may name. */
export const messageNames = [
  'order.id',
  'order.total',
  'order.currency',
  'order.placed',
  'order.terms',
  'order.purchaseOrder',
  'order.shipping.city',
  'order.shipping.country',
  'customer.name',
  'customer.email',
  'case.id',
  'case.name',
  'case.names',
  'case.due',
  'due',
  'question',
  'answer.by',
] as const

export type MessageName = (typeof messageNames)[number]

/** What a message is filled with. Whoever asks for one gives a text for each name; one that does not apply is empty. */
export type MessageData = Record<MessageName, string>
