import type { Finding, Report, Unjudged } from './report.ts'
import type { Trail, Unreadable } from './trail.ts'
import { ChainsCheck, type ChainsOptions, patienceMs } from './verify-chains.ts'
import { CoverageCheck, type CoverageOptions } from './verify-coverage.ts'

export type VerifyOptions = ChainsOptions & CoverageOptions

/**
 * Proves a trail: finds every edit, deletion, insertion, reordering, truncation, fork and bad signature, every
 * covered record whose bytes changed or that is gone, and every record that is not covered, and names it.
 *
 * A trail cannot show by itself whose it is, nor that its end is still there: that takes `expected`. What cannot be
 * judged for want of it is said, and is no proof. With `atRest: false` the trail may grow meanwhile: then what came
 * behind its end a moment ago is counted, not judged. With `onlyNew`, each chain goes on from the newest checkpoint that is
 * known: what was proved then is not looked at again.
 */
export async function verify(trail: Trail, options: VerifyOptions): Promise<Report> {
  const findings: Finding[] = []
  const foreign: Report['foreign'] = []
  const tell = (finding: Finding) => void findings.push(finding)
  const chains = new ChainsCheck(options, tell)
  const coverage = new CoverageCheck(options, tell)
  const unreadable = ({ where, problem, isForeign }: Unreadable) =>
    isForeign
      ? foreign.push({ where, problem })
      : tell({ code: 'UNREADABLE', message: `${where}: ${problem}` })
  for await (const found of trail.checkpoints)
    if ('problem' in found) unreadable(found)
    else chains.checkpoint(found.value, found.where, found.partition)
  for await (const found of trail.entries)
    if ('problem' in found) unreadable(found)
    else if (chains.entry(found.value, found.where, found.partition) && trail.records)
      coverage.cover(found.value)
  if (trail.records)
    for await (const record of trail.records)
      if ('problem' in record) unreadable(record)
      else coverage.record(record)
  const looked = {
    chains: chains.close(),
    keyIds: [...chains.keyIds],
    records: trail.records ? coverage.close() : null,
  }
  const unjudged = unjudgedOf(looked, options, coverage.awaitingSince)
  const verdict = findings.length > 0 ? 'BROKEN' : unjudged.length > 0 ? 'UNJUDGED' : 'PROVED'
  return { verdict, ok: verdict === 'PROVED', ...looked, findings, unjudged, foreign }
}

function unjudgedOf(
  { chains, keyIds, records }: Pick<Report, 'chains' | 'keyIds' | 'records'>,
  { expected, now, onlyNew }: VerifyOptions,
  awaitingSince: number,
): Unjudged[] {
  const unjudged: Unjudged[] = []
  const say = (code: Unjudged['code'], message: string) => void unjudged.push({ code, message })
  if (chains.every(({ entries }) => entries === 0) && !(onlyNew && expected?.known))
    say('NOTHING_THERE', 'There is no entry in it: nothing is proved by that.')
  if (!expected?.keys)
    say(
      'KEYS_UNKNOWN',
      `Nobody said which keys may sign, so anybody could have written this history anew and signed it with ${keyIds.join(', ') || 'a key of their own'}.`,
    )
  if (!expected?.known)
    say(
      'ENDS_UNKNOWN',
      'No earlier checkpoint was given, so a chain may be missing as a whole, and the end of each may have been cut off together with its records.',
    )
  if (!records)
    say('RECORDS_NOT_READ', 'The records are not there, so whether they are what was covered cannot be said.')
  else if (now - awaitingSince > patienceMs)
    say(
      'BEHIND',
      `Records wait for their entry since ${new Date(awaitingSince).toISOString()}: either audit does not work, or their entries were cut off.`,
    )
  return unjudged
}
