import { StackError } from './errors.ts'

/** Something that was started and is to be stopped. */
export type Stoppable = { stop: () => Promise<void>; hurry: () => void }

/** What was started, stopped in the reverse order. */
export type Teardown = {
  /** Called before the start itself. Raises STOPPED once the stop has begun, so that nothing slips through. */
  add: (started: Stoppable) => void
  /** True from the first call of `stop`. */
  stopping: () => boolean
  /** May be called twice; both calls resolve when all is stopped. */
  stop: () => Promise<void>
  hurry: () => void
}

export function createTeardown(): Teardown {
  const started: Stoppable[] = []
  let current: Stoppable | undefined
  let done: Promise<void> | undefined
  let hurried = false

  async function stopAll(): Promise<void> {
    const failures: unknown[] = []
    for (let last = started.pop(); last; last = started.pop()) {
      current = last
      if (hurried) last.hurry()
      await last.stop().catch((error) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }

  return {
    add(one) {
      if (done) throw new StackError('STOPPED', 'Everything is being stopped; nothing new is started.')
      started.push(one)
    },
    stopping: () => done !== undefined,
    stop() {
      done ??= stopAll()
      return done
    },
    hurry() {
      hurried = true
      current?.hurry()
    },
  }
}

/** npm passes a signal on that the terminal has sent to us as well: within this time they are one. */
const sameSignalMs = 500

/**
 * The first Ctrl-C, SIGTERM or SIGHUP stops, and so does the end of the process that started us; the second one
 * hurries.
 */
export function onStopRequest(stop: () => void, hurry: () => void, now: () => number = Date.now): void {
  let firstAt: number | undefined
  const request = () => {
    if (firstAt === undefined) {
      firstAt = now()
      stop()
    } else if (now() - firstAt > sameSignalMs) hurry()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, request)
  if (process.channel) {
    process.once('disconnect', request)
    process.channel.unref()
  }
}
