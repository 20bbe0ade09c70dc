import type { FileVersion, Published } from '@holdpoint/desk-contract'
import { whoActs } from '../cases/act.ts'
import type { Session } from '../session.ts'
import { listOf, printable, tableOf } from '../terminal.ts'
import { readText } from '../text-file.ts'
import { clock } from '../times.ts'
import { problemText } from './check-policy.ts'

/** What is published as numbered versions. */
export type Versioned = 'policy' | 'roster'

export interface PublishOptions {
  as?: string
  reason: string
  basedOn?: number
}

/** Publishes a file as the next version, unless somebody published another one since this one was looked at. */
export async function publishFile(
  session: Session,
  what: Versioned,
  { as, reason, basedOn }: PublishOptions,
  file: string,
): Promise<void> {
  const text = readText(file)
  const base = basedOn ?? (await versionSeen(session, what))
  const token = await session.desk.signIn(whoActs(session, as))
  const body = { text, reason, basedOn: base }
  const published = await session.desk.post<Published>(`/${what}`, { token, body })
  session.shown.remember(what, String(published.version))
  session.show(published, () => publishedText(what, published, file))
}

/**
 * The version that was looked at last on this machine, else the one that is in force now. Versions only rise: one that is
 * higher than what is in force was seen before the desk started over.
 */
async function versionSeen({ shown, desk }: Session, what: Versioned): Promise<number> {
  const inForce = (await desk.find<FileVersion>(`/${what}`))?.version ?? 0
  return Math.min(Number(shown.digestOf(what) ?? inForce), inForce)
}

function publishedText(what: Versioned, published: Published, file: string): string {
  const { version, changes, warnings, unchanged } = published
  const name = what === 'policy' ? 'Policy' : 'Roster'
  return [
    ...warnings.map((warning) => problemText(file, warning, 'warning')),
    unchanged
      ? `Nothing was published: ${file} is ${what} version ${version}, which is in force.\n`
      : `${name} version ${version} is published.\n`,
    ...changes.map((change) => `  ${printable(change)}\n`),
  ].join('')
}

/** Lists the versions with who published them, why, and what changed. */
export async function listVersions(session: Session, what: Versioned): Promise<void> {
  const { versions } = await session.desk.get<{ versions: FileVersion[] }>(`/${what}/versions`)
  const rows = versions.map(({ version, at, by, reason, changes }) => [
    String(version),
    clock(at),
    by.name,
    reason,
    changes.length === 1 ? (changes[0] as string) : `${changes.length} changes`,
  ])
  session.show({ versions }, () => tableOf(['VERSION', 'PUBLISHED', 'BY', 'REASON', 'CHANGED'], rows))
}

/** Says on a person's terminal which version follows, and remembers that it was seen. */
export function headVersion(session: Session, what: Versioned, found: FileVersion, isLatest: boolean): void {
  if (isLatest) session.shown.remember(what, String(found.version))
  if (!session.terminal.live || session.json) return
  const head = `${found.version}, ${clock(found.at)}, by ${found.by.name}: ${found.reason}`
  session.terminal.err(
    `${listOf([['version', head], ...found.changes.map((change) => ['changed', change] as const)])}\n`,
  )
}
