import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Guarantees that nothing outlives us, not even after a SIGKILL: a process of its own holds the other end of
 * a pipe, is told of every child, and ends those that are left when the pipe closes.
 */
export type Reaper = {
  watch: (pid: number) => void
  forget: (pid: number) => void
  /** A command that the reaper runs should we end without taking it back with an empty one. */
  atEnd: (command: readonly string[]) => void
  /** Lets the reaper go, together with whatever is still watched. */
  close: () => void
}

export type ReaperMessage = { watch: number } | { forget: number } | { atEnd: readonly string[] }

const reaperMain = fileURLToPath(new URL('./reaper-main.ts', import.meta.url))

export function startReaper(): Reaper {
  const watched = new Set<number>()
  let atEnd: readonly string[] = []
  let closed = false
  let reaper = launch()

  function launch(): ChildProcess {
    const child = spawn(process.execPath, [reaperMain], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.stdin?.on('error', () => undefined)
    child.unref()
    child.once('exit', () => {
      if (closed) return
      reaper = launch()
      for (const pid of watched) send({ watch: pid })
      send({ atEnd })
    })
    return child
  }

  function send(message: ReaperMessage): void {
    reaper.stdin?.write(`${JSON.stringify(message)}\n`)
  }

  return {
    watch(pid) {
      watched.add(pid)
      send({ watch: pid })
    },
    forget(pid) {
      watched.delete(pid)
      send({ forget: pid })
    },
    atEnd(command) {
      atEnd = command
      send({ atEnd })
    },
    close() {
      closed = true
      reaper.stdin?.end()
    },
  }
}
