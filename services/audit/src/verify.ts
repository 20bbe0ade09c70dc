import type { Finding, Report } from './report.ts'
import type { Trail } from './trail.ts'
import { ChainsCheck, type ChainsOptions } from './verify-chains.ts'
import { CoverageCheck, type CoverageOptions } from './verify-coverage.ts'

export type VerifyOptions = ChainsOptions & CoverageOptions

/**
 * Proves a trail: finds every edit, deletion, insertion, reordering, truncation, fork and bad signature, every
 * covered record whose bytes changed or that is gone, and every record that is not covered, and names it.
 *
 * With `atRest: false` the trail may grow meanwhile: then what came behind its end is counted, not judged. Whoever
 * holds the key can write another history; `trustedKeys` and a copy in other hands are what stands against that.
 */
export async function verify(trail: Trail, options: VerifyOptions): Promise<Report> {
  const findings: Finding[] = []
  const tell = (finding: Finding) => void findings.push(finding)
  const chains = new ChainsCheck(options, tell)
  const coverage = new CoverageCheck(options, tell)
  for await (const checkpoint of trail.checkpoints) chains.checkpoint(checkpoint)
  for await (const entry of trail.entries) {
    chains.entry(entry)
    if (trail.records && entry.value) coverage.cover(entry.value)
  }
  const chainReports = chains.close()
  if (trail.records) for await (const record of trail.records) coverage.record(record)
  const records = trail.records ? coverage.close() : null
  return { ok: findings.length === 0, chains: chainReports, keyIds: [...chains.keyIds], records, findings }
}
