const zone = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  ...{
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
})
const hour = 3_600_000
const offsets = new Map<string, number>()

/**
 * Milliseconds UTC of a wall time in London, written `YYYY-MM-DD HH:MM[:SS]`; undefined for anything else. In the hour
 * that comes twice it is the first; in the one that is left out, the instant as if the clock had not been moved.
 */
export function londonInstant(text: string): number | undefined {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d)(?::(\d\d))?$/.exec(text)
  const asUtc = Date.parse(`${found?.[1]}T${found?.[2]}:${found?.[3]}:${found?.[4] ?? '00'}Z`)
  if (!found || Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(found[1] as string))
    return undefined
  const perHour = text.slice(0, 13)
  let offset = offsets.get(perHour)
  if (offset === undefined) {
    // Summer time first: of two instants with this wall time it is the earlier one.
    offset = wallTime(asUtc - hour) === asUtc ? hour : 0
    offsets.set(perHour, offset)
  }
  return asUtc - offset
}

/** What the clocks in London show at an instant, as if it were UTC. */
function wallTime(instant: number): number {
  const part = Object.fromEntries(zone.formatToParts(instant).map(({ type, value }) => [type, value]))
  return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`)
}
