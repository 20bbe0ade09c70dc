import { readFileSync } from 'node:fs'

/** Linux counts the CPU time of a process in hundredths of a second. */
const ticksPerSecond = 100

/** CPU seconds of a process, user and system together; NaN where the system does not tell. */
export function cpuSecondsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return Number.NaN
  }
}
