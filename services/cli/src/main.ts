import { environment } from './config.ts'
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
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
for (const unforeseen of ['uncaughtException', 'unhandledRejection'])
  process.on(unforeseen, (error) => tellAndEnd(error, args, world))

process.exitCode = await runProgram(args, world)
