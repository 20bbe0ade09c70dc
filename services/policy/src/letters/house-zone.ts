import type { Policy } from '../policy.ts'

/** The zone of the order owner's calendar, for customers of whom nobody knows theirs. */
export function houseZoneOf({ roles, orderOwner, calendars }: Policy): string {
  const name = roles.get(orderOwner)?.calendar ?? ''
  return calendars[name]?.zone ?? Object.values(calendars)[0]?.zone ?? 'UTC'
}
