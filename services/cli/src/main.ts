import { environment } from './config.ts'
import { untilInterrupted } from './interrupt.ts'
import { runProgram } from './program.ts'
import { processTerminal } from './terminal.ts'

// The reader of a pipe may leave early (… | head).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: processTerminal,
  folder: process.cwd(),
  environment,
  now: Date.now,
  untilInterrupted,
  exitCode: 0,
})
