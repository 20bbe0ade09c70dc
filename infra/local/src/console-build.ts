import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { output } from './command.ts'
import { repository } from './folders.ts'

/** Builds the console unless nothing of it changed; turbo knows by the content of its files. */
export async function buildConsole(): Promise<void> {
  if (!existsSync(join(repository, 'services', 'desk', 'console', 'vite.config.ts'))) return
  await output({
    name: 'The build of the console',
    command: join(repository, 'node_modules', '.bin', 'turbo'),
    args: ['run', 'build', '--filter=@holdpoint/console', '--output-logs=errors-only'],
    env: { TURBO_TELEMETRY_DISABLED: '1' },
  })
}
