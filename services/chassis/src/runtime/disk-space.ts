import { statfs } from 'node:fs/promises'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { LogSink } from './log-sink.ts'

/** Below this nothing is begun any more: what is under way still has to be written. */
export const leastFreeBytes = 8 * 1024 * 1024
const askEveryMs = 1_000
const full = new Set(['ENOSPC', 'EDQUOT'])

/** Says whether a process has room to write, by its log and by the disk of its data folder. */
export interface DiskSpace {
  /** A sentence about what is full and what to do; undefined while there is room. */
  shortage(): string | undefined
  /** Bytes that are free; undefined while the folder does not exist. */
  free(): number | undefined
  stop(): void
}

export function watchDiskSpace(folder: string, sink: Pick<LogSink, 'dropped' | 'trouble'>): DiskSpace {
  let free: number | undefined
  const ask = async () => {
    free = await statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => undefined,
    )
  }
  void ask()
  const asking = setInterval(ask, askEveryMs).unref()
  return {
    shortage() {
      if (free !== undefined && free < leastFreeBytes)
        return `space on the disk of DATA_DIR: ${inMegabytes(free)} are free, ${inMegabytes(leastFreeBytes)} are needed`
      const code = sink.trouble()?.code
      if (code === undefined || !full.has(code)) return undefined
      return `space for the log (${code}): ${sink.dropped()} lines of it were dropped`
    },
    free: () => free,
    stop: () => clearInterval(asking),
  }
}

const inMegabytes = (bytes: number): string => `${(bytes / (1024 * 1024)).toFixed(1)} MB`

/** Measures what the process has room for, and which lines of its log are missing. */
export function measureSpace(
  registry: Registry,
  sink: Pick<LogSink, 'dropped'>,
  space: Pick<DiskSpace, 'free'>,
): void {
  const registers = [registry]
  let counted = 0
  new Counter({
    name: 'holdpoint_log_lines_dropped_total',
    help: 'Lines of the log that could not be written and were dropped.',
    registers,
    collect() {
      this.inc(sink.dropped() - counted)
      counted = sink.dropped()
    },
  })
  new Gauge({
    name: 'holdpoint_disk_free_bytes',
    help: 'What is free on the disk of the data folder.',
    registers,
    collect() {
      const free = space.free()
      if (free !== undefined) this.set(free)
    },
  })
}
