import type { Policy, Role } from '../policy.ts'
import { groupDifference } from './difference.ts'
import { saidIf } from './said.ts'

export function roleChanges(before: Policy['roles'], after: Policy['roles']): string[] {
  const { gone, added, kept } = groupDifference(before, after)
  return [
    ...gone.map(([name]) => `The role ${name} is gone.`),
    ...added.map(
      ([name, role]) => `The role ${name} is new: ${calendarInWords(role)}, ${backupInWords(role)}.`,
    ),
    ...kept.flatMap(([name, was, is]) => [
      ...saidIf(calendarInWords(was), calendarInWords(is), (calendar) => `${name} now has ${calendar}`),
      ...saidIf(backupInWords(was), backupInWords(is), (backup) => `${name} now has ${backup}`),
    ]),
  ]
}

const calendarInWords = ({ calendar }: Role): string =>
  calendar ? `the calendar ${calendar}` : 'no calendar'

const backupInWords = ({ backup }: Role): string => (backup ? `the backup ${backup}` : 'no backup')
