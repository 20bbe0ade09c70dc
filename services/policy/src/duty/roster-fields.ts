import type { FileFields } from '../reading/read-shape.ts'
import type { FileKind, Path } from '../reading/yaml-source.ts'
import { rosterShape } from './roster-shape.ts'

/** Two thousand people with their absences. */
export const rosterFile: FileKind = { what: 'roster', mostBytes: 500_000 }

export const rosterFields: FileFields<typeof rosterShape> = {
  shape: rosterShape,
  inWords: rosterPart,
  samples: 'see the sample roster',
  hints: {
    zone: 'zone: Europe/London (the place whose clock counts)',
    people: 'people: and under it one entry for each person',
    subject: 'subject: sam (an id that never changes)',
    name: 'name: Sam Okafor',
    email: 'email: sam@harbour-gifts.example',
    roles: 'roles: [support] (those of the policy)',
    notify: 'notify: { mail: true, not: [review], quiet: true } (at the desk they see all of it in any case)',
    digest: 'digest: "09:00" (one mail a day, of what is still true by then)',
    mail: 'mail: false (no mails at all)',
    not: 'not: [review, changed] (what they want no mail about)',
    quiet: 'quiet: false (mails also outside of working hours)',
    channels: 'channels: { finance: { chat: finance-chat } } (the names are those of the notifier)',
    chat: 'chat: finance-chat (a target of the notifier)',
    webhook: 'webhook: finance-hook (a target of the notifier)',
    rotas: 'rotas: and under it the rota of each role that has one',
    'hand-over': 'hand-over: "09:00" (when one turn ends and the next begins)',
    turn: 'turn: 1 week (or 1 day, 1 working day, 2 weeks, 12 hours)',
    starts: 'starts: 2026-01-05 (the day of the first hand-over)',
    'rotas.people': 'people: [sam, suzy, sid] (subjects, in turn)',
    hours: 'hours: { mon-fri: "09:00-17:00" } (when the rota is on duty at all)',
    shifts: 'shifts: and under it { person: sam, from: 2026-01-05T09:00:00Z, to: 2026-01-12T09:00:00Z }',
    absences: 'absences: and under it { person: sam, from: 2026-02-02, to: 2026-02-07, substitute: suzy }',
    overrides:
      'overrides: and under it { role: support, from: 2026-03-01T09:00:00Z, to: 2026-03-01T17:00:00Z, add: suzy }',
    person: 'person: the subject of somebody under people, such as sam',
    substitute: 'substitute: suzy (the subject of who stands in; left out, it is the next in the rota)',
    role: 'role: support',
    from: 'from: 2026-02-02 (or 2026-02-02T09:00:00Z)',
    to: 'to: 2026-02-07 (the last day; or 2026-02-07T17:00:00Z)',
    add: 'add: suzy (who is on duty besides, and first)',
    remove: 'remove: sam (who is not on duty)',
    replace: 'replace: { sam: suzy } (suzy is on duty instead of sam)',
  },
}

/** `absences[1]` reads as: absence 2. */
export function rosterPart(path: Path): string {
  const [list, entry, inner, number] = path
  if (list === undefined) return 'the roster'
  if (entry === undefined) return `"${list}"`
  if (inner === 'shifts' && typeof number === 'number') return `shift ${number + 1} of the rota "${entry}"`
  return typeof entry === 'number'
    ? `${one[list] ?? list} ${entry + 1}`
    : `the ${one[list] ?? list} "${entry}"`
}

const one: Record<string, string> = {
  people: 'person',
  rotas: 'rota',
  absences: 'absence',
  overrides: 'override',
}
