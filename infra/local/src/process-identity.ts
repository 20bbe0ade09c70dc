import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process number is used again after its process has ended; together with the start time it is unique. */
export type ProcessIdentity = { pid: number; startedAt: string }

/** `undefined` when no such process runs (a zombie counts as ended). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Whether that very process runs, and not a later one with the same number. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

/** Ends the process and whatever it started in its own group. False when the process is gone. */
export function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false
  try {
    process.kill(-identity.pid, signal)
    return true
  } catch {
    return false
  }
}

/** Fields 3 (state) and 22 (start time in clock ticks since boot) of proc_pid_stat(5); the name may hold spaces. */
function startTimeFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const shown = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return shown === '' || shown.startsWith('Z') ? undefined : shown.replace(/^\S+\s+/, '')
  } catch {
    return undefined
  }
}
