import { spawn } from 'node:child_process'
import { type Reaper, repository, type Teardown } from '@holdpoint/local'
import { environment } from './config.ts'

export type Tracking = { reaper: Reaper; teardown: Teardown }
export type Ended = { code: number; output: string }

/** How long a run may take to end by itself when it is asked to. */
const politeMs = 8_000

/**
 * Runs a Node program to its end, showing what it prints. It is a process group of its own that ends with us,
 * however we end.
 */
export function trackedRun(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { reaper, teardown }: Tracking,
): Promise<Ended> {
  if (teardown.stopping()) return Promise.reject(new Error('Interrupted.'))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: repository,
      env: { ...environment, FORCE_COLOR: process.stdout.isTTY ? '1' : undefined, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      process.stdout.write(text)
    })
    const { pid } = child
    if (pid === undefined) return void child.once('error', reject)
    reaper.watch(pid)
    const ended = new Promise<void>((done) => child.once('close', () => done()))
    teardown.add(stoppable(pid, () => child.exitCode === null && child.signalCode === null, ended))
    child.once('close', (code) => {
      reaper.forget(pid)
      resolve({ code: code ?? 128, output })
    })
  })
}

function stoppable(pid: number, isRunning: () => boolean, ended: Promise<void>) {
  const signal = (name: NodeJS.Signals) => isRunning() && process.kill(-pid, name)
  return {
    async stop() {
      signal('SIGTERM')
      const late = setTimeout(() => signal('SIGKILL'), politeMs)
      await ended
      clearTimeout(late)
    },
    hurry: () => void signal('SIGKILL'),
  }
}
