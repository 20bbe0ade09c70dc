import { calendarOf, isOpen, nextOpening, type Policy } from '@holdpoint/policy'
import type { CompiledRoster, Person, StaffOccasion } from '@holdpoint/policy/duty'
import { type Channel, type Instant, isMailAddress } from '@holdpoint/schemas'

/** By which channel a notice goes, and to whom there. */
export interface Way {
  channel: Channel
  /** An address, the name of a target, or the subject of a person whose list at the desk it is for. */
  to: string
  /** Subject; empty for the channel of a role. */
  person: string
  role: string
  /** Not before the person works; null for at once. */
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
  if (!byMail) return { channel: 'DESK', to: subject, person: subject, role: '', notBefore: null }
  const calendar = calendarOf(policy, role)
  const waits = notify.quiet && !must && !isOpen(calendar, now)
  return {
    channel: 'EMAIL',
    to: email,
    person: subject,
    role: '',
    notBefore: waits ? nextOpening(calendar, now) : null,
  }
}

/** The chat and the webhook of a role, for what is new to it. */
export function waysToRole(role: string, occasion: StaffOccasion, { channels }: CompiledRoster): Way[] {
  if (!forTheRole.includes(occasion)) return []
  const { chat, webhook } = channels.get(role) ?? {}
  const way = (channel: Channel, to: string): Way => ({ channel, to, person: '', role, notBefore: null })
  return [...(chat ? [way('CHAT', chat)] : []), ...(webhook ? [way('WEBHOOK', webhook)] : [])]
}
