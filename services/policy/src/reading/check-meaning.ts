import { calendarProblems } from '../calendar/index.ts'
import { checkException } from './check-exception.ts'
import { checkLevels } from './check-ladder.ts'
import { checkMessages } from './check-messages.ts'
import { checkWithin } from './check-times.ts'
import { suggest } from './did-you-mean.ts'
import { isRole, noRole, reportRepeats } from './names.ts'
import type { SoundParts } from './sound-parts.ts'
import type { YamlSource } from './yaml-source.ts'

/** Reports what does not fit together: names that are not there, roles without a backup, conditions, templates. */
export function checkMeaning(parts: SoundParts, source: YamlSource): void {
  checkStages(parts, source)
  checkCalendars(parts, source)
  checkOrderOwner(parts, source)
  checkRoles(parts, source)
  checkSilence(parts, source)
  checkMessages(parts, source)
  for (const type of Object.keys(parts.exceptions)) if (!source.full) checkException(type, parts, source)
}

function checkStages({ stages = [] }: SoundParts, source: YamlSource): void {
  reportRepeats(stages, ['stages'], source)
}

function checkCalendars({ calendars = {} }: SoundParts, source: YamlSource): void {
  for (const [name, calendar] of Object.entries(calendars)) {
    if (source.full) return
    for (const { path, inName, message, hint } of calendarProblems(calendar)) {
      const place = ['calendars', name, ...path]
      if (inName) source.reportName(place, message, hint)
      else source.report(place, message, hint)
    }
  }
}

function checkOrderOwner({ roles, 'order-owner': owner }: SoundParts, source: YamlSource): void {
  if (!roles || owner === undefined) return
  if (!isRole(owner, roles)) source.report(['order-owner'], ...noRole(owner, roles))
  else if (roles[owner]?.backup === undefined)
    source.report(
      ['order-owner'],
      `the role "${owner}" has no backup, so nobody could stand in for the order owner`,
      `write under roles: ${owner}: { backup: … }`,
    )
}

/** It counts in the order owner's calendar. */
function checkSilence(parts: SoundParts, source: YamlSource): void {
  const silence = parts['customer-silence']
  if (silence !== undefined) checkWithin(['customer-silence'], silence, parts['order-owner'], parts, source)
}

function checkRoles(parts: SoundParts, source: YamlSource): void {
  const { roles = {}, calendars } = parts
  for (const [role, { backup, calendar, escalate = [] }] of Object.entries(roles)) {
    const path = ['roles', role]
    if (calendar !== undefined && calendars && !Object.hasOwn(calendars, calendar))
      source.report(
        [...path, 'calendar'],
        `there is no calendar "${calendar}"`,
        suggest(calendar, Object.keys(calendars)),
      )
    if (backup !== undefined && !isRole(backup, roles))
      source.report([...path, 'backup'], ...noRole(backup, roles))
    else if (backup === role)
      source.report([...path, 'backup'], `"${role}" cannot be its own backup`, 'name another role')
    checkLevels({ path: [...path, 'escalate'], levels: escalate, before: [role, backup] }, parts, source)
  }
}
