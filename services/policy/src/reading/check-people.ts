import { checkLevels } from './check-ladder.ts'
import type { Checked } from './checked.ts'
import { ladderOf } from './ladder.ts'
import { isRole, noRole, type Roles, reportRepeats } from './names.ts'

/** Reports what is wrong with who owns a case, who stands in, who is next, who comments and who may ask. */
export function checkPeople(checked: Checked): void {
  const { owner } = checked.one
  const { roles } = checked.parts
  checkReviewers(checked)
  checkRequesters(checked)
  if (!roles || owner === undefined) return
  if (!isRole(owner, roles)) {
    checked.source.report(['exceptions', checked.type, 'owner'], ...noRole(owner, roles))
    return
  }
  checkBackup(checked, owner, roles)
  checkLadder(checked, owner)
}

function checkBackup({ type, one: { backup }, source }: Checked, owner: string, roles: Roles): void {
  const path = ['exceptions', type, 'backup']
  if (backup === undefined && roles[owner]?.backup === undefined)
    source.report(
      ['exceptions', type, 'owner'],
      `nobody decides when ${owner} is late`,
      `write backup: … here, or under roles: ${owner}: { backup: … }`,
    )
  if (backup === undefined) return
  if (!isRole(backup, roles)) source.report(path, ...noRole(backup, roles))
  else if (backup === owner) source.report(path, 'owner and backup are the same role', 'name another role')
}

/** The last level sees the whole order. */
function checkLadder(checked: Checked, owner: string): void {
  const { type, one, parts, source } = checked
  const [backup, ...others] = ladderOf(one, parts).map(({ to }) => to)
  if (one.escalate)
    checkLevels(
      { path: ['exceptions', type, 'escalate'], levels: one.escalate, before: [owner, backup] },
      parts,
      source,
    )
  checkEnd(checked, backup === undefined ? [owner] : [owner, backup, ...others])
}

function checkEnd({ type, one, parts, source }: Checked, levels: readonly string[]): void {
  const orderOwner = parts['order-owner']
  const last = levels.at(-1)
  if (orderOwner === undefined || levels.length < 2 || levels.includes(orderOwner)) return
  const path = [
    'exceptions',
    type,
    ...(one.escalate ? ['escalate', one.escalate.length - 1, 'to'] : ['owner']),
  ]
  source.report(
    path,
    `the ladder ends with ${last}, not with the order owner`,
    `write escalate: [ …, { after: 1 working hour, to: ${orderOwner} } ]`,
  )
}

function checkReviewers({ type, one: { owner, reviewers = [] }, parts: { roles }, source }: Checked): void {
  const path = ['exceptions', type, 'reviewers']
  reportRepeats(reviewers, path, source)
  for (const [index, reviewer] of reviewers.entries()) {
    if (roles && !isRole(reviewer, roles)) source.report([...path, index], ...noRole(reviewer, roles))
    else if (reviewer === owner)
      source.report(
        [...path, index],
        `"${reviewer}" owns the case and decides it`,
        'reviewers only comment: leave the owner out',
      )
  }
}

function checkRequesters({
  type,
  one: { 'requested-by': requesters = [] },
  parts: { roles },
  source,
}: Checked) {
  const path = ['exceptions', type, 'requested-by']
  reportRepeats(requesters, path, source)
  for (const [index, requester] of requesters.entries())
    if (roles && !isRole(requester, roles)) source.report([...path, index], ...noRole(requester, roles))
}
