import type { ExceptionShape } from './shape.ts'
import type { SoundParts } from './sound-parts.ts'

/** A level as the file says it; `after` null: at the deadline. */
export interface WrittenLevel {
  to: string
  after: string | null
}

/**
 * Who decides besides the owner, in order: the backup at the deadline, then whoever `escalate` names. What the
 * exception type does not say, its owner's role says.
 */
export function ladderOf(
  { owner, backup, escalate }: Partial<Pick<ExceptionShape, 'owner' | 'backup' | 'escalate'>>,
  { roles = {} }: Pick<SoundParts, 'roles'>,
): WrittenLevel[] {
  const role = owner === undefined || !Object.hasOwn(roles, owner) ? undefined : roles[owner]
  const first = backup ?? role?.backup
  if (first === undefined) return []
  return [{ to: first, after: null }, ...(escalate ?? role?.escalate ?? [])]
}
