/** Format, lint, types, unused code, generated files: what has to hold before a change is handed on. */
import { join } from 'node:path'
import { orEnd, readArguments } from './arguments.ts'
import { type Finished, finish } from './command.ts'
import { repository } from './folders.ts'
import { generators, isUpToDate } from './generators.ts'
import { seconds } from './progress.ts'

orEnd(() => readArguments('check', process.argv.slice(2), {}))

type Check = { name: string; run: () => Promise<Finished> }

function tool(name: string, program: string, args: readonly string[], env = {}): Check {
  const command = join(repository, 'node_modules', '.bin', program)
  return { name, run: () => finish({ name, command, args, env: { NO_COLOR: '1', ...env } }) }
}

const checks: Check[] = [
  tool('Format and lint', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']),
  tool('Types', 'turbo', ['run', 'types', '--continue', '--output-logs=errors-only'], {
    TURBO_TELEMETRY_DISABLED: '1',
  }),
  tool('Boundaries', 'depcruise', [
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err-long',
    'services',
    'schemas',
    'infra',
    'test',
  ]),
  tool('Unused code and dependencies', 'knip', ['--no-config-hints']),
  tool('Code and dependencies that only tests use', 'knip', ['--production', '--no-config-hints']),
  ...generators.map((generator) => ({
    name: `Generated files: ${generator.writes.join(', ')}`,
    run: () => isUpToDate(generator),
  })),
]

let failed = 0
for (const check of checks) failed += (await holds(check)) ? 0 : 1
process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0

async function holds(check: Check): Promise<boolean> {
  const since = Date.now()
  const { code, all } = await check.run()
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${check.name}  ${seconds(Date.now() - since)}\n`)
  if (code !== 0) process.stdout.write(`${all.trimEnd()}\n`)
  return code === 0
}
