import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { StackError } from './errors.ts'
import { shown } from './failure.ts'
import { openLog } from './log-file.ts'
import { identify, type ProcessIdentity, signalGroup } from './process-identity.ts'
import type { Reaper } from './reaper.ts'
import { whyNotReady } from './space.ts'

export type ChildSpec = {
  name: string
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  logFile: string
  /** Asked again and again until it says true. */
  isReady: () => Promise<boolean>
  readyWithinMs: number
  /** What is wrong with it although it runs; asked now and then, it is started again when that stays. */
  ailment?: { everyMs: number; ask: () => Promise<string | undefined> }
  /** After the polite signal, before SIGKILL. */
  stopWithinMs: number
}

/** A process that is started again, after a growing pause, whenever it dies without being asked to. */
export type SupervisedChild = {
  readonly name: string
  readonly logFile: string
  pid: () => number | undefined
  /** How often it was started again because it had died. */
  restarts: () => number
  /** Starts it unless it runs, and waits until it is ready. */
  start: () => Promise<void>
  /** SIGKILL; it stays down until `start`. Resolves when it is gone. */
  kill: () => Promise<void>
  /** SIGTERM, then SIGKILL when it takes too long. Resolves when it is gone. */
  stop: () => Promise<void>
  /** Cuts a stop short. */
  hurry: () => void
}

export type Supervision = { reaper: Reaper; log: (line: string) => void }

const readyPollMs = 100
const firstPauseMs = 500
const longestPauseMs = 15_000
/** A child that ran this long is given the short pause again. */
const steadyMs = 60_000
/** How many times in a row a running child may say that something is wrong. */
const ailmentsInARow = 5
/** So many deaths before it was ever ready mean that it cannot start. */
const deathsBeforeReady = 3

/** 0.5 s, 1 s, 2 s … 15 s for the 1st, 2nd, 3rd … death in a row. */
export function restartPauseMs(deathsInARow: number): number {
  return Math.min(firstPauseMs * 2 ** (deathsInARow - 1), longestPauseMs)
}

export function supervise(spec: ChildSpec, { reaper, log }: Supervision): SupervisedChild {
  let wanted = false
  let child: ChildProcess | undefined
  let identity: ProcessIdentity | undefined
  let gone: Promise<void> = Promise.resolve()
  let deathsInARow = 0
  let restarts = 0
  let everReady = false
  let lastDeath = ''
  let pending: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined

  function launch(): void {
    const output = openLog(spec.logFile)
    if ('refused' in output) log(`${spec.name} runs without a log: ${output.refused}`)
    const written = 'refused' in output ? 'ignore' : output.fd
    const startedAt = Date.now()
    const running = spawn(spec.command, spec.args, {
      detached: true,
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', written, written],
    })
    if ('close' in output) output.close()
    child = running
    identity = running.pid === undefined ? undefined : identify(running.pid)
    if (running.pid !== undefined) reaper.watch(running.pid)
    gone = new Promise((resolve) => {
      running.once('error', (error) => onGone(running, startedAt, error.message, resolve))
      running.once('exit', (code, signal) =>
        onGone(running, startedAt, signal ?? `exit code ${code}`, resolve),
      )
    })
  }

  function onGone(running: ChildProcess, startedAt: number, how: string, resolve: () => void): void {
    if (running.pid !== undefined) reaper.forget(running.pid)
    if (child === running) child = undefined
    resolve()
    if (wanted && child === undefined) restartLater(Date.now() - startedAt, how)
  }

  function restartLater(ranMs: number, how: string): void {
    lastDeath = how
    deathsInARow = ranMs >= steadyMs ? 1 : deathsInARow + 1
    const pauseMs = restartPauseMs(deathsInARow)
    log(
      `${spec.name} ended (${how}); starting it again in ${pauseMs / 1000} s. Its log: ${shown(spec.logFile)}`,
    )
    pending = setTimeout(() => {
      restarts++
      launch()
    }, pauseMs)
  }

  function unwant(): void {
    wanted = false
    clearTimeout(pending)
    clearInterval(watch)
  }

  /** A child that is up and cannot work is killed, so that it is started again like one that died. */
  function watchAilments({ everyMs, ask }: NonNullable<ChildSpec['ailment']>): void {
    let inARow = 0
    watch = setInterval(async () => {
      const asked = child
      const ails = await ask().catch(() => undefined)
      if (!wanted || asked === undefined || asked !== child) return
      inARow = ails === undefined ? 0 : inARow + 1
      if (ails === undefined || inARow < ailmentsInARow || !identity) return
      inARow = 0
      log(`${spec.name} ${ails}: it is started again`)
      signalGroup(identity, 'SIGKILL')
    }, everyMs).unref()
  }

  async function untilReady(): Promise<void> {
    const deadline = Date.now() + spec.readyWithinMs
    while (wanted) {
      if (child !== undefined && (await spec.isReady())) {
        everReady = true
        return
      }
      const cannotStart = !everReady && deathsInARow >= deathsBeforeReady
      if (cannotStart || Date.now() > deadline) throw notReady(cannotStart)
      await pause(readyPollMs)
    }
    throw new StackError('STOPPED', `${spec.name} was stopped before it was ready.`)
  }

  function notReady(died: boolean): StackError {
    const what = died
      ? `ends as soon as it is started (${lastDeath})`
      : `was not ready within ${spec.readyWithinMs / 1000} s`
    return new StackError('NOT_READY', `${spec.name} ${what}. ${whyNotReady(spec.logFile)}`)
  }

  return {
    name: spec.name,
    logFile: spec.logFile,
    pid: () => child?.pid,
    restarts: () => restarts,
    async start() {
      if (!wanted) {
        wanted = true
        deathsInARow = 0
        launch()
        if (spec.ailment) watchAilments(spec.ailment)
      }
      await untilReady()
    },
    async kill() {
      unwant()
      if (child && identity) signalGroup(identity, 'SIGKILL')
      await gone
    },
    async stop() {
      unwant()
      if (!child || !identity) return
      const stopping = identity
      signalGroup(stopping, 'SIGTERM')
      const late = setTimeout(() => signalGroup(stopping, 'SIGKILL'), spec.stopWithinMs)
      await gone
      clearTimeout(late)
    },
    hurry() {
      if (identity) signalGroup(identity, 'SIGKILL')
    },
  }
}
