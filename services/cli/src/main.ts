import { environment } from './config.ts'
import { unwritable } from './file-problems.ts'
import { untilInterrupted } from './interrupt.ts'
import { runProgram, tellAndEnd } from './program.ts'
import type { World } from './session.ts'
import { processTerminal } from './terminal.ts'

const args = process.argv.slice(2)
const world: World = {
  terminal: processTerminal,
  folder: process.cwd(),
  environment,
  now: Date.now,
  untilInterrupted,
  exitCode: 0,
}

// The reader of a pipe may leave early (… | head).
process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1))
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  tellAndEnd(unwritable('What was to be printed', error), args, world)
})
for (const unforeseen of ['uncaughtException', 'unhandledRejection'])
  process.on(unforeseen, (error) => tellAndEnd(error, args, world))

process.exitCode = await runProgram(args, world)
