import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repository } from '@holdpoint/local'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Planted code by the file it would stand in, and the rule that has to catch it; none where it is allowed. */
const planted: { file: string; code: string; caughtBy?: string }[] = [
  { file: 'services/desk/src/kafka.ts', code: "import 'kafkajs'", caughtBy: 'noRestrictedImports' },
  { file: 'services/cli/src/kafka.ts', code: "await import('kafkajs')", caughtBy: 'noRestrictedImports' },
  { file: 'schemas/src/kafka.ts', code: "import 'kafkajs'", caughtBy: 'noRestrictedImports' },
  { file: 'infra/local/src/kafka.ts', code: "import 'kafkajs'", caughtBy: 'noRestrictedImports' },
  { file: 'services/chassis/src/kafka.ts', code: "import 'kafkajs'" },
  { file: 'services/desk/src/redis.ts', code: "import 'ioredis'", caughtBy: 'noRestrictedImports' },
  { file: 'services/chassis/src/redis.ts', code: "import 'ioredis'", caughtBy: 'noRestrictedImports' },
  { file: 'services/sla-timer/src/steps.ts', code: "import 'ioredis'", caughtBy: 'noRestrictedImports' },
  { file: 'services/sla-timer/src/redis-store.ts', code: "import 'ioredis'" },
  { file: 'services/router/src/decide.ts', code: "import 'node:fs'", caughtBy: 'noRestrictedImports' },
  { file: 'services/router/src/deep/decide.ts', code: "import 'node:net'", caughtBy: 'noRestrictedImports' },
  {
    file: 'services/policy/src/parse.ts',
    code: "import 'node:fs/promises'",
    caughtBy: 'noRestrictedImports',
  },
  { file: 'services/classifier/src/handlers.ts', code: "import 'express'", caughtBy: 'noRestrictedImports' },
  { file: 'services/intake/src/decide.ts', code: "import 'node:crypto'" },
  { file: 'services/intake/src/door.ts', code: "import 'express'" },
  {
    file: 'services/router/src/other.ts',
    code: "import '@holdpoint/intake'",
    caughtBy: 'noRestrictedImports',
  },
  {
    file: 'services/intake/src/other.ts',
    code: "import '../../router/src/decide.ts'",
    caughtBy: 'noRestrictedImports',
  },
  {
    file: 'services/chassis/src/other.ts',
    code: "import '@holdpoint/desk'",
    caughtBy: 'noRestrictedImports',
  },
  { file: 'services/cli/src/other.ts', code: "import '@holdpoint/router'", caughtBy: 'noRestrictedImports' },
  { file: 'services/cli/src/verify.ts', code: "import '@holdpoint/audit'" },
  {
    file: 'services/router/src/libraries.ts',
    code: "import '@holdpoint/policy'\nimport '@holdpoint/chassis'",
  },
  { file: 'services/desk/src/settings.ts', code: 'console.log(process.env.PORT)', caughtBy: 'noProcessEnv' },
  { file: 'services/router/src/settings.ts', code: 'console.log(process.env)', caughtBy: 'noProcessEnv' },
  { file: 'infra/local/src/settings.ts', code: 'console.log(process.env)', caughtBy: 'noProcessEnv' },
  { file: 'services/desk/src/config.ts', code: 'console.log(process.env.PORT)' },
]

const rules = ['noRestrictedImports', 'noProcessEnv']
let folder: string
let caught: Map<string, string[]>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-lint-'))
  for (const file of ['biome.json', '.gitignore']) cpSync(join(repository, file), join(folder, file))
  for (const { file, code } of planted) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${code}\n`)
  }
  caught = lint(folder)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(planted)('$file: $code', ({ file, caughtBy }) => {
  expect(caught.get(file) ?? []).toEqual(caughtBy ? [caughtBy] : [])
})

type Report = { diagnostics: { category: string; location: { path: string | { file: string } } }[] }

/** The rules of `rules` that each file breaks. */
function lint(at: string): Map<string, string[]> {
  const biome = join(repository, 'node_modules', '.bin', 'biome')
  const run = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: at,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(run.stdout) as Report
  const found = new Map<string, string[]>()
  for (const { category, location } of diagnostics) {
    const path = typeof location.path === 'string' ? location.path : location.path.file
    const rule = rules.find((name) => category.endsWith(`/${name}`))
    if (rule) found.set(path, [...(found.get(path) ?? []), rule])
  }
  return found
}
