import { spawn } from 'node:child_process'
import { environment } from './config.ts'
import { StackError } from './errors.ts'
import { repository } from './folders.ts'

export type Command = { name: string; command: string; args: readonly string[]; env?: Record<string, string> }

/** Runs a command to its end and gives what it printed. Raises COMMAND_FAILED with the end of its output. */
export async function output(run: Command): Promise<string> {
  const { code, stdout, all } = await finish(run)
  if (code === 0) return stdout
  throw new StackError('COMMAND_FAILED', `${run.name} ended with ${code}:\n${all.slice(-4_000).trim()}`)
}

export type Finished = { code: number; stdout: string; all: string }

/** Runs a command to its end, whatever its exit code. In our process group, so that Ctrl-C reaches it. */
export function finish({ name, command, args, env }: Command): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: repository,
      env: { ...environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let all = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      all += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      all += text
    })
    child.once('error', (error) =>
      reject(new StackError('COMMAND_FAILED', `${name} could not be run: ${error.message}`)),
    )
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), stdout, all }))
  })
}
