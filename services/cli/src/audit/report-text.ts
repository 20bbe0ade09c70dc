import type { Report, Verdict } from '@holdpoint/audit'
import { count } from '../progress.ts'

const mostTold = 100

/** Where the trail was written down for the next time; undefined when it was not. */
export interface Pinned {
  file: string
  /** Nothing was known of the trail before: whoever comes first is believed. */
  isFirst: boolean
}

/** A verification for people. */
export function reportText(report: Report, heldAgainst: readonly string[], pinned?: Pinned): string {
  const { chains, keyIds, records, findings, unjudged, foreign } = report
  const sum = (of: 'entries' | 'checkpoints') => chains.reduce((total, chain) => total + chain[of], 0)
  const lines = [
    `${count(sum('entries'))} entries in ${chains.length} chains, ${count(sum('checkpoints'))} signed checkpoints`,
    ...chains.map(
      ({ partition, entries, signedUpTo, head }) =>
        `  chain ${partition}: ${count(entries)} entries, signed up to ${count(signedUpTo)}, head ${head.slice(0, 16) || 'none'}`,
    ),
    ...keyIds.map((key) => `  signed by key ${key}`),
    ...heldAgainst.map((file) => `  held against ${file}`),
    records
      ? `${count(records.verified)} records are what was covered, ${count(records.gone)} no longer kept, ${count(records.awaiting)} not covered yet`
      : '',
    ...someOf(
      foreign,
      ({ where, problem }) => `Passed over, as it is no part of the trail: ${where}: ${problem}`,
    ),
    ...someOf(findings, ({ code, message }) => `${code}: ${message}`),
    ...unjudged.map(({ code, message }) => `${code}: ${message}`),
    verdicts[report.verdict](findings.length),
    pinned?.isFirst
      ? `From now on it is held against what was found today, in ${pinned.file}: compare the key with the one that audit names at its start.`
      : '',
  ]
  return `${lines.filter((line) => line !== '').join('\n')}\n`
}

const verdicts: Record<Verdict, (findings: number) => string> = {
  PROVED: () => 'Nothing is wrong with the trail.',
  BROKEN: (findings) => `${count(findings)} finding(s): the trail does not hold.`,
  UNJUDGED: () => 'Nothing wrong was found, but that is no proof: see above what cannot be judged.',
}

function someOf<T>(list: readonly T[], text: (one: T) => string): string[] {
  const more = list.length - mostTold
  return [...list.slice(0, mostTold).map(text), ...(more > 0 ? [`and ${count(more)} more`] : [])]
}
