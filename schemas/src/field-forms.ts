import type { Order } from './generated/types.ts'
import { readDay } from './instant.ts'
import { isMailAddress } from './mail-address.ts'
import { readField } from './order-path.ts'
import { shortened } from './visible-text.ts'

/** Longest value that a message repeats. */
const longestQuote = 100

/** What is wrong with a text, behind the text itself: which …; undefined when nothing is. */
type Form = (text: string) => string | undefined

/** The text fields of an order that do not take any text. */
const forms: Readonly<Record<string, Form>> = {
  currency: (text) =>
    isCurrency(text) ? undefined : 'which is no currency: send an ISO 4217 code such as EUR.',
  'customer.email': (text) =>
    isMailAddress(text)
      ? undefined
      : 'which is no e-mail address that can be written to: send one such as orders@example.com, or leave it empty.',
  'shipping.requestedDate': (text) => {
    const read = readDay(text)
    return 'problem' in read ? `which is no day: ${read.problem} (${read.hint}).` : undefined
  },
}

/** Why a text cannot stand in this field of an order, quoted and with what to do; an empty one, which says nothing, always can. */
export function formProblem(path: string, text: string): string | undefined {
  const wrong = text === '' ? undefined : forms[path]?.(text)
  return wrong && `"${shortened(text, longestQuote)}", ${wrong}`
}

/**
 * An address that nobody can write to is bad data like a missing one: its order goes on, and a case mends it. Only what
 * somebody sets is held to it.
 */
const onlyWhereSet: readonly string[] = ['customer.email']

/** Every field of an order as it was sent whose text cannot stand there, each as `formProblem` tells it. */
export function formProblems(order: Order): { path: string; problem: string }[] {
  const asSent = Object.keys(forms).filter((path) => !onlyWhereSet.includes(path))
  return asSent.flatMap((path) => {
    const problem = formProblem(path, readField(order, path) ?? '')
    return problem === undefined ? [] : [{ path, problem }]
  })
}

/** Those of the platform's list of ISO 4217 codes, historic ones that it knows included. */
function isCurrency(text: string): boolean {
  return currencies.has(text)
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
