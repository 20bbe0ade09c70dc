import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { dataRoot, repository, type ServerUrls } from '@holdpoint/local'
import type { Tally } from './tally.ts'
import { type Tracking, trackedRun } from './tracked-run.ts'

type Report = {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
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
  return tallyOfReport(report, code)
}

/** A file that could not even be loaded has no tests to count: it is one failure. */
function tallyOfReport(path: string, code: number): Tally {
  const report = readReport(path)
  if (!report) return { passed: 0, failed: 1 }
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = report.numFailedTests + unloadable.length
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}
