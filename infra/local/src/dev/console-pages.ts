import { join } from 'node:path'
import { environment } from '../config.ts'
import { repository } from '../folders.ts'
import { urlOf } from '../port-plan.ts'
import { host } from '../ports.ts'
import { answers } from '../servers/registry.ts'
import type { ChildSpec } from '../supervise.ts'

/** Vite's server: the console's pages as they are now, changed in the browser when a file changes. */
export function consolePages(port: number, deskUrl: string, logDir: string): ChildSpec {
  return {
    name: 'console',
    command: join(repository, 'node_modules', '.bin', 'vite'),
    args: ['--host', host, '--port', String(port), '--strictPort', '--clearScreen', 'false'],
    cwd: join(repository, 'services', 'desk', 'console'),
    env: { ...environment, DESK_URL: deskUrl },
    logFile: join(logDir, 'console.log'),
    isReady: () => answers(urlOf(port)),
    readyWithinMs: 60_000,
    stopWithinMs: 5_000,
  }
}
