import { write, writeSync } from 'node:fs'

/** Where the lines of a log go. Nobody ever waits for it: what cannot be written is dropped and counted. */
export interface LogSink {
  write(line: string): void
  /** Lines that were dropped since the process started. */
  dropped(): number
  /** Why nothing can be written at present; undefined when the last attempt succeeded. */
  trouble(): NodeJS.ErrnoException | undefined
  /** Writes what waits, as far as it can be written at once, and nothing afterwards: the file may be closed. */
  end(): void
}

export interface LogSinkOptions {
  fd: number
  /** A line that tells of lines that were dropped, written as soon as something can be written again. */
  tellDropped(lines: number, why: string): string
  tryAgainAfterMs?: number
}

/** So much waits for a reader that is slow, or for a disk that hangs; what comes on top is dropped. */
const mostWaitingBytes = 4_000_000
const busyPauseMs = 50

/**
 * A log on a file descriptor that neither blocks the process nor ends it. The library that pino uses for this
 * (sonic-boom) raises an error when the disk is full, which ends the process, and at its end tries again for ever.
 */
export function logSink({ fd, tellDropped, tryAgainAfterMs = 1_000 }: LogSinkOptions): LogSink {
  let waiting: string[] = []
  let waitingBytes = 0
  let writing = false
  let trouble: NodeJS.ErrnoException | undefined
  let untold = 0
  let told = 0
  /** What was written last ends within a line. */
  let torn = false
  let ended = false

  function add(line: string): void {
    if (ended || trouble || waitingBytes + line.length > mostWaitingBytes) untold++
    else {
      waiting.push(line)
      waitingBytes += line.length
      if (!writing) next()
    }
  }

  /** Everything that waits, in front of it what is to be told about lines that are missing. */
  function take() {
    const lines = waiting.length
    const notice = untold > 0 ? tellDropped(untold, trouble?.code ?? 'the log was not read fast enough') : ''
    const bytes = Buffer.from((torn ? '\n' : '') + notice + waiting.join(''))
    const telling = untold
    waiting = []
    waitingBytes = 0
    return { bytes, lines, telling }
  }

  type Taken = ReturnType<typeof take>

  function next(): void {
    if (ended || (waiting.length === 0 && untold === 0)) return
    writing = true
    attempt(take(), 0)
  }

  function attempt(taken: Taken, from: number): void {
    write(fd, taken.bytes, from, (error, written) => {
      if (error?.code === 'EAGAIN') setTimeout(attempt, busyPauseMs, taken, from)
      else if (error) giveUp(taken, from, error)
      else if (from + written < taken.bytes.length) attempt(taken, from + written)
      else finish(taken)
    })
  }

  function finish({ telling }: Taken): void {
    untold -= telling
    told += telling
    trouble = undefined
    torn = false
    writing = false
    next()
  }

  function giveUp({ bytes, lines }: Taken, from: number, error: NodeJS.ErrnoException): void {
    untold += Math.min(lines, linesIn(bytes.subarray(from))) + waiting.length
    waiting = []
    waitingBytes = 0
    if (from > 0) torn = bytes[from - 1] !== newline
    trouble = error
    writing = false
    // Nobody will ever read a pipe again whose reader is gone.
    if (error.code !== 'EPIPE') setTimeout(next, tryAgainAfterMs).unref()
  }

  return {
    write: add,
    dropped: () => told + untold,
    trouble: () => trouble,
    end() {
      if (waiting.length > 0) writeAtOnce(fd, take().bytes)
      ended = true
    },
  }
}

function writeAtOnce(fd: number, bytes: Buffer): void {
  try {
    for (let from = 0; from < bytes.length; ) from += writeSync(fd, bytes, from)
  } catch {
    // The process ends: the rest of its log is lost.
  }
}

const newline = 0x0a

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (const byte of bytes) if (byte === newline) lines++
  return lines
}
