import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'

/** JSON lines; for people to read only where somebody looks, as the pretty printer escapes no control characters. */
export function createLog(name: string, level: string): Logger {
  const options = { name, level, timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } }
  if (!process.stdout.isTTY) return pino(options)
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname' }))
}

/** Node's own warnings go to the log; one of them only says that the Kafka client is late for a throttle of 0 ms. */
export function logNodeWarnings(log: Logger): void {
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (warning.name !== 'TimeoutNegativeWarning') log.warn({ err: warning }, 'Node warns')
  })
}
