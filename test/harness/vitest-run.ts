import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { dataRoot, repository, type ServerUrls } from '@holdpoint/local'
import type { Tally } from './tally.ts'
import { type Tracking, trackedRun } from './tracked-run.ts'

type Report = {
  numPassedTests: number
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
}

/** Runs one project of vitest.config.ts on our terminal. Tests find the servers by HOLDPOINT_TEST_*. */
export async function runVitest(
  project: 'unit' | 'stack',
  args: readonly string[],
  urls: Partial<ServerUrls>,
  tracking: Tracking,
): Promise<Tally> {
  const report = join(dataRoot, 'test', `${project}.json`)
  rmSync(report, { force: true })
  const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs')
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const env = {
    HOLDPOINT_TEST_KAFKA: urls.kafkaBrokers,
    HOLDPOINT_TEST_REGISTRY: urls.schemaRegistryUrl,
    HOLDPOINT_TEST_REDIS: urls.redisUrl,
  }
  const run = [vitest, 'run', '--project', project, '--passWithNoTests', ...output, ...args]
  const { code } = await trackedRun(run, env, tracking)
  return tallyOfReport(project, readReport(report), code)
}

/** What no test owns counts as well: a file that cannot be loaded or set up, an error behind its back. */
function tallyOfReport(project: string, report: Report | undefined, code: number): Tally {
  if (!report) return { passed: 0, failed: 1, failures: [`${project}: vitest ended without a report`] }
  const failures = report.testResults.flatMap(failuresOf)
  if (failures.length === 0 && code !== 0)
    failures.push(`${project}: an error outside of every test, see above`)
  return { passed: report.numPassedTests, failed: failures.length, failures }
}

function failuresOf({ name, status, assertionResults }: Report['testResults'][number]): string[] {
  const file = relative(repository, name)
  const failed = assertionResults.filter((one) => one.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [`${file}: cannot be loaded or set up`]
  return failed.map((one) => `${file}: ${one.fullName}`)
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}
