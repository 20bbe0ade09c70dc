import { type Calendar, calendarOf, isOpen, nextOpening, type Policy, zoneOfRole } from '@holdpoint/policy'
import {
  type CompiledRoster,
  type Notify,
  nextAt,
  type Person,
  type StaffOccasion,
} from '@holdpoint/policy/duty'
import { type Channel, type Instant, isMailAddress } from '@holdpoint/schemas'

/** By which channel a notice goes, and to whom there. */
export interface Way {
  channel: Channel
  /** An address, the name of a target, or the subject of a person whose list at the desk it is for. */
  to: string
  /** Subject; empty for the channel of a role. */
  person: string
  role: string
  /** Not before the person works, or wants their digest; null for at once. */
  notBefore: Instant | null
}

/** What the channel of a role hears besides. */
const forTheRole: readonly StaffOccasion[] = ['yours', 'escalated']

/**
 * The one place that says by which channels somebody can be reached. Everybody has their list at the desk; a mail comes
 * besides to who wants it, in the working hours of the role as which they are told; what the policy always tells, at any hour.
 */
export function waysTo(
  { subject, email, notify }: Person,
  occasion: StaffOccasion,
  { role, policy, now }: { role: string; policy: Policy; now: Instant },
): Way {
  const must = policy.alwaysTold.includes(occasion)
  const byMail = isMailAddress(email) && (must || (notify.mail && !notify.not.includes(occasion)))
  if (!byMail) return atDesk({ subject })
  const calendar = calendarOf(policy, role)
  const notBefore = must ? null : whenFor(notify, calendar, zoneOfRole(policy, role), now)
  return {
    channel: 'EMAIL',
    to: email,
    person: subject,
    role: '',
    notBefore,
  }
}

export const atDesk = ({ subject }: Pick<Person, 'subject'>): Way => ({
  ...{ channel: 'DESK', to: subject, person: subject, role: '', notBefore: null },
})

/** Whether it is one of those that come in one mail. */
export const isForDigest = ({ notify }: Person, occasion: StaffOccasion, { alwaysTold }: Policy): boolean =>
  notify.digestAt !== null && !alwaysTold.includes(occasion)

function whenFor(
  { quiet, digestAt }: Notify,
  calendar: Calendar,
  zone: string,
  now: Instant,
): Instant | null {
  const wanted = digestAt === null ? now : nextAt(digestAt, zone, now)
  const at = quiet && !isOpen(calendar, wanted) ? nextOpening(calendar, wanted) : wanted
  return at > now ? at : null
}

/** The chat and the webhook of a role, for what is new to it. */
export function waysToRole(role: string, occasion: StaffOccasion, { channels }: CompiledRoster): Way[] {
  if (!forTheRole.includes(occasion)) return []
  const { chat, webhook } = channels.get(role) ?? {}
  const way = (channel: Channel, to: string): Way => ({ channel, to, person: '', role, notBefore: null })
  return [...(chat ? [way('CHAT', chat)] : []), ...(webhook ? [way('WEBHOOK', webhook)] : [])]
}
