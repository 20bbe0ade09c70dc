import { commandBegan } from './config.ts'
import { messageFor } from './failure.ts'
import { type Progress, seconds, terminalProgress } from './progress.ts'
import { type Reaper, startReaper } from './reaper.ts'
import { createTeardown, onStopRequest, type Teardown } from './teardown.ts'

/** What a command that runs until it is stopped is given. */
export type Surroundings = {
  /** When the command began, before anything was installed: milliseconds UTC. */
  since: number
  progress: Progress
  reaper: Reaper
  teardown: Teardown
}

/**
 * Runs a command that goes on until it is asked to stop, or until something fails; then stops what it has put into
 * the teardown, and ends the process with 0 or 1.
 */
export async function untilStopped(begin: (around: Surroundings) => Promise<void>): Promise<void> {
  const progress = terminalProgress()
  const teardown = createTeardown()

  async function fail(error: unknown): Promise<never> {
    await teardown.stop().catch(() => undefined)
    progress.line(messageFor(error))
    process.exit(1)
  }

  function stopOnRequest(): void {
    progress.line('\nStopping (once more to hurry) …')
    const stopping = Date.now()
    teardown.stop().then(
      () => {
        progress.line(`Stopped after ${seconds(Date.now() - stopping)}. The next start goes on from here.`)
        process.exit(0)
      },
      (error) => fail(error),
    )
  }

  // A process that is started again on a disk that is full by then.
  process.on('uncaughtException', (error) => void fail(error))
  try {
    const reaper = startReaper()
    teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
    onStopRequest(stopOnRequest, teardown.hurry)
    await begin({ since: commandBegan(), progress, reaper, teardown })
  } catch (error) {
    if (!teardown.stopping()) await fail(error)
  }
}
