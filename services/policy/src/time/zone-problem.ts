import { nearest } from '../reading/did-you-mean.ts'

/** What is wrong with the name of a zone; undefined when there is one. */
export function zoneProblem(name: string): { message: string; hint: string } | undefined {
  const zones = listedZones()
  if (zones.includes(name) || isAlias(name)) return undefined
  const near = nearest(name, zones) ?? zones.find((zone) => cityOf(zone) === cityOf(name))
  return {
    message: `there is no time zone "${name.slice(0, 60)}"`,
    hint: near ? `did you mean "${near}"?` : 'write the name of a place, such as Europe/London',
  }
}

let listed: readonly string[] | undefined
function listedZones(): readonly string[] {
  listed ??= Intl.supportedValuesOf('timeZone')
  return listed
}

/** Such as US/Eastern or UTC; offsets and names in small letters are none, although Intl takes them. */
function isAlias(name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return false
  }
}

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase()
