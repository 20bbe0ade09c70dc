import { Liquid } from 'liquidjs'

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
] as const

const engine = new Liquid({ strictFilters: true, templates: {}, parseLimit: 50_000 })

export interface TemplateProblem {
  message: string
  /** A name that messages do not have. */
  unknown?: string
}

/** What is wrong with a Liquid template: its form, or the names that it uses. */
export function templateProblems(template: string): TemplateProblem[] {
  try {
    const names = engine.globalFullVariablesSync(template)
    return names
      .filter((name) => !(messageNames as readonly string[]).includes(name))
      .map((name) => ({ message: `messages have no value named "${name}"`, unknown: name }))
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n')
    return [{ message: `the template cannot be read: ${first}` }]
  }
}
