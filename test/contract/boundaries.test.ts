import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { repository } from '@holdpoint/local'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Planted code by the file it would stand in, and the rules that have to catch it; none where it is allowed. */
const planted: { file: string; code: string; caughtBy: string[] }[] = [
  { file: 'services/desk/src/kafka.ts', code: "import 'kafkajs'", caughtBy: ['kafka-by-chassis'] },
  { file: 'services/cli/src/kafka.ts', code: "await import('kafkajs')", caughtBy: ['kafka-by-chassis'] },
  { file: 'schemas/src/kafka.ts', code: "import 'kafkajs'", caughtBy: ['kafka-by-chassis'] },
  { file: 'infra/local/src/kafka.ts', code: "import 'kafkajs'", caughtBy: ['kafka-by-chassis'] },
  { file: 'services/chassis/src/kafka.ts', code: "import 'kafkajs'", caughtBy: [] },
  { file: 'services/desk/src/redis.ts', code: "import 'ioredis'", caughtBy: ['redis-by-sla-timer'] },
  { file: 'services/sla-timer/src/steps.ts', code: "import 'ioredis'", caughtBy: ['redis-by-sla-timer'] },
  { file: 'services/sla-timer/src/edge/redis.ts', code: "import 'ioredis'", caughtBy: [] },
  { file: 'services/router/src/decide.ts', code: "import 'node:fs'", caughtBy: ['pure-core'] },
  { file: 'services/router/src/deep/decide.ts', code: "import 'node:net'", caughtBy: ['pure-core'] },
  { file: 'services/policy/src/parse.ts', code: "import 'node:fs/promises'", caughtBy: ['pure-core'] },
  { file: 'services/classifier/src/handlers.ts', code: "import 'express'", caughtBy: ['pure-core'] },
  { file: 'services/intake/src/decide.ts', code: "import 'node:crypto'", caughtBy: [] },
  { file: 'services/intake/src/edge/door.ts', code: "import 'express'", caughtBy: [] },
  { file: 'services/intake/src/main.ts', code: "import 'node:fs'", caughtBy: [] },
  {
    file: 'services/router/src/other.ts',
    code: "import '@holdpoint/intake'",
    caughtBy: ['services-share-topics'],
  },
  {
    file: 'services/intake/src/other.ts',
    code: "import type { A } from '../../router/src/decide.ts'",
    caughtBy: ['services-share-topics'],
  },
  {
    file: 'services/chassis/src/other.ts',
    code: "import '@holdpoint/desk'",
    caughtBy: ['libraries-know-no-service'],
  },
  {
    file: 'schemas/src/other.ts',
    code: "import '@holdpoint/policy'",
    caughtBy: ['schemas-know-nothing'],
  },
  {
    file: 'services/cli/src/other.ts',
    code: "import '@holdpoint/router'",
    caughtBy: ['services-share-topics'],
  },
  { file: 'services/cli/src/verify.ts', code: "import '@holdpoint/audit'", caughtBy: [] },
  {
    file: 'services/desk/src/verify.ts',
    code: "import '@holdpoint/audit'",
    caughtBy: ['audit-for-the-command-line-only'],
  },
  {
    file: 'services/router/src/libraries.ts',
    code: "import '@holdpoint/policy'\nimport '@holdpoint/chassis'",
    caughtBy: [],
  },
  {
    file: 'services/router/src/record/fold.ts',
    code: "import '../people/act.ts'",
    caughtBy: ['router-room-record'],
  },
  { file: 'services/router/src/people/act.ts', code: "import '../cases/open.ts'", caughtBy: [] },
  { file: 'services/router/src/cases/open.ts', code: 'export const opened = 1', caughtBy: [] },
  {
    file: 'services/audit/src/seal.ts',
    code: "import './testing/command.ts'",
    caughtBy: ['testing-for-tests'],
  },
  { file: 'services/audit/src/testing/command.ts', code: "import 'fast-check'", caughtBy: [] },
  { file: 'services/audit/src/guess.ts', code: "import 'fast-check'", caughtBy: ['fast-check-for-tests'] },
  { file: 'services/audit/src/guess.test.ts', code: "import 'fast-check'", caughtBy: [] },
  { file: 'services/intake/src/one.ts', code: "import './two.ts'", caughtBy: ['no-circle'] },
  // A circle is told once.
  { file: 'services/intake/src/two.ts', code: "import './one.ts'", caughtBy: [] },
  {
    file: 'services/desk/console/src/server.ts',
    code: "import '../../../policy/src/parse.ts'",
    caughtBy: ['console-imports-no-server'],
  },
  {
    file: 'services/desk/src/settings.ts',
    code: 'console.log(process.env.PORT)',
    caughtBy: ['noProcessEnv'],
  },
  { file: 'services/router/src/settings.ts', code: 'console.log(process.env)', caughtBy: ['noProcessEnv'] },
  { file: 'infra/local/src/settings.ts', code: 'console.log(process.env)', caughtBy: ['noProcessEnv'] },
  { file: 'services/desk/src/config.ts', code: 'console.log(process.env.PORT)', caughtBy: [] },
]

let folder: string
let caught: Map<string, Caught[]>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-lint-'))
  for (const file of ['biome.json', '.gitignore']) cpSync(join(repository, file), join(folder, file))
  for (const { file, code } of planted) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${code}\n`)
  }
  caught = Map.groupBy([...lint(folder), ...boundaries(folder)], ({ file }) => file)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(planted)('$file: $code', ({ file, caughtBy }) => {
  expect((caught.get(file) ?? []).map(({ rule }) => rule)).toEqual(caughtBy)
})

type Caught = { file: string; rule: string }

function run(program: string, at: string, args: readonly string[]): string {
  const command = join(repository, 'node_modules', '.bin', program)
  // The tools run on the project's own Node.
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`
  const { stdout } = spawnSync(command, args, {
    cwd: at,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  })
  return stdout
}

type LintReport = { diagnostics: { category: string; location: { path: string | { file: string } } }[] }

function lint(at: string): Caught[] {
  const report = run('biome', at, ['lint', '--reporter=json', '--max-diagnostics=none', '.'])
  const { diagnostics } = JSON.parse(report) as LintReport
  return diagnostics
    .filter(({ category }) => category.endsWith('/noProcessEnv'))
    .map(({ location: { path } }) => ({
      file: typeof path === 'string' ? path : path.file,
      rule: 'noProcessEnv',
    }))
}

type BoundaryReport = { summary: { violations: { from: string; rule: { name: string } }[] } }

function boundaries(at: string): Caught[] {
  const config = join(repository, '.dependency-cruiser.mjs')
  const report = run('depcruise', at, [
    '--config',
    config,
    '--output-type',
    'json',
    'services',
    'schemas',
    'infra',
  ])
  const { summary } = JSON.parse(report) as BoundaryReport
  return summary.violations.map(({ from, rule }) => ({ file: from, rule: rule.name }))
}
