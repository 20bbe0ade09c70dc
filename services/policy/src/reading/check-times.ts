import { readShare, readWithin, type Within } from '../calendar/index.ts'
import type { Checked } from './checked.ts'
import type { SoundParts } from './sound-parts.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** Reports what is wrong with the time to answer and the reminder. */
export function checkTimes({ type, one, parts, source }: Checked): void {
  const path = ['exceptions', type]
  const { 'answer-within': within, 'remind-at': share } = one
  if (within !== undefined) checkWithin([...path, 'answer-within'], within, one.owner, parts, source)
  if (share !== undefined) checkShare([...path, 'remind-at'], share, source)
}

/** Working time runs in the calendar of the role that has the case meanwhile. */
export function checkWithin(
  path: Path,
  text: string,
  role: string | undefined,
  { roles, calendars = {} }: SoundParts,
  source: YamlSource,
): void {
  const read = readWithin(text)
  if ('problem' in read) source.report(path, read.problem, read.hint)
  else if (isWorkingTime(read.within) && role !== undefined && roles?.[role] && !roles[role].calendar)
    source.report(
      path,
      `"${role}" has no calendar, so nobody knows its working time`,
      `write under roles: ${role}: { calendar: ${Object.keys(calendars)[0] ?? 'office'}, … }`,
    )
}

const isWorkingTime = ({ kind }: Within): boolean => kind !== 'elapsed'

function checkShare(path: Path, text: string, source: YamlSource): void {
  const read = readShare(text)
  if ('problem' in read) source.report(path, read.problem, read.hint)
}
