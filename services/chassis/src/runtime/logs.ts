import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'

/** JSON lines; for people to read only where somebody looks, as the pretty printer escapes no control characters. */
export function createLog(name: string, level: string): Logger {
  const options = { name, level, timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } }
  if (!process.stdout.isTTY) return pino(options)
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname' }))
}

/** Node's own warnings are lines of the log like all others. */
export function logNodeWarnings(log: Logger): void {
  process.removeAllListeners('warning')
  process.on('warning', (warning) => log.warn({ err: warning }, 'Node warns'))
}
