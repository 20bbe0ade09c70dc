import { alwaysOpen, type CalendarDefinition, calendarShape } from '../calendar/index.ts'
import {
  type ExceptionShape,
  exceptionShape,
  type MessageShape,
  messageShape,
  mostCalendars,
  type PolicyShape,
  policyShape,
} from './shape.ts'
import { fieldsOf, soundFields } from './sound-fields.ts'

/**
 * The fields of a policy file that fit by themselves. Their meaning can be checked although others are wrong: what is
 * named somewhere in the file is never told to be missing because something else is wrong with it.
 */
export type SoundParts = Partial<
  Pick<PolicyShape, 'title' | 'order-owner' | 'stages' | 'roles' | 'customer-silence' | 'company'>
> & {
  /** One that does not fit is replaced by one that is always open. Undefined when it is no group at all. */
  calendars: Record<string, CalendarDefinition> | undefined
  exceptions: Record<string, Partial<ExceptionShape>>
  /** Null for one that does not fit. Undefined when it is no group at all. */
  messages: Record<string, MessageShape | null> | undefined
}

export function soundParts(value: unknown): SoundParts {
  const { title, company, stages, roles } = policyShape.shape
  const { 'order-owner': orderOwner, 'customer-silence': silence } = policyShape.shape
  const { calendars = {}, exceptions, messages = {} } = fieldsOf(value)
  return {
    ...soundFields(
      { title, company, 'order-owner': orderOwner, stages, roles, 'customer-silence': silence },
      value,
    ),
    calendars: mapped(calendars, (one) => calendarShape.safeParse(one).data ?? alwaysOpen, mostCalendars),
    exceptions: mapped(exceptions, (one) => soundFields(exceptionShape.shape, one)) ?? {},
    messages: mapped(messages, (one) => messageShape.safeParse(one).data ?? null),
  }
}

function mapped<Value>(
  group: unknown,
  read: (value: unknown) => Value,
  most = Number.POSITIVE_INFINITY,
): Record<string, Value> | undefined {
  if (typeof group !== 'object' || group === null || Array.isArray(group)) return undefined
  const entries = Object.entries(group).slice(0, most)
  return Object.fromEntries(entries.map(([name, value]) => [name, read(value)]))
}
