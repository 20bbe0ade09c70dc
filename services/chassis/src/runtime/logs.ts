import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'
import { type LogSink, logSink } from './log-sink.ts'

export interface ServiceLog {
  log: Logger
  sink: Pick<LogSink, 'dropped' | 'trouble'>
}

const stdout = 1
const neverDropping = { dropped: () => 0, trouble: () => undefined }

/**
 * JSON lines that never hold the process up; for people to read only where somebody looks, as the pretty printer
 * escapes no control characters.
 */
export function createLog(name: string, level: string): ServiceLog {
  const options = { name, level, timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } }
  if (process.stdout.isTTY)
    return { log: pino(options, pretty({ sync: true, ignore: 'pid,hostname' })), sink: neverDropping }
  const sink = logSink({ fd: stdout, tellDropped: (lines, why) => droppedLine(name, lines, why) })
  process.on('exit', sink.end)
  return { log: pino(options, sink), sink }
}

function droppedLine(name: string, lines: number, why: string): string {
  const msg = `The log could not be written (${why}): ${lines} lines of it are missing before this one.`
  const time = new Date().toISOString()
  return `${JSON.stringify({ level: pino.levels.values.warn, time, pid: process.pid, name, dropped: lines, msg })}\n`
}

/** Node's own warnings are lines of the log like all others. */
export function logNodeWarnings(log: Logger): void {
  process.removeAllListeners('warning')
  process.on('warning', (warning) => log.warn({ err: warning }, 'Node warns'))
}
