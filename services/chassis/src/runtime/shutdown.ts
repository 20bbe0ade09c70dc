import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'

type Stop = () => Promise<void> | void

/** Time for transactions and requests under way to end, milliseconds. */
const graceMs = 8_000

/** The one way out of a process: whatever was started is stopped, last first, and the exit code says why. */
export class Shutdown {
  readonly #log: Logger
  readonly #stops: Stop[] = []
  readonly #exit: { close(): void }
  #failure: { error: unknown } | undefined

  constructor(log: Logger) {
    this.#log = log
    this.#exit = closeWithGrace(
      {
        delay: graceMs,
        logger: false,
        onSecondSignal: (signal) => log.warn({ signal }, 'told twice to stop: ending at once'),
        onSecondError: (err) => log.fatal({ err }, 'another error while stopping: ending at once'),
        onTimeout: (ms) => log.error(`not stopped within ${ms} ms: ending at once`),
      },
      ({ err, signal }) => this.#stop(err, signal),
    )
  }

  onStop(stop: Stop): void {
    this.#stops.push(stop)
  }

  /** Ends the process with code 1, after what was started has been stopped. */
  fail(error: unknown): void {
    if (this.#failure) return
    this.#failure = { error }
    this.#exit.close()
  }

  async #stop(err: Error | undefined, signal: string | undefined): Promise<void> {
    const failure = this.#failure ?? (err && { error: err })
    if (failure) this.#log.fatal({ err: failure.error }, 'stopping after an error')
    else this.#log.info({ signal }, 'stopping')
    for (const stop of this.#stops.toReversed()) await this.#try(stop)
    this.#log.info('stopped')
    if (failure) throw failure.error
  }

  async #try(stop: Stop): Promise<void> {
    try {
      await stop()
    } catch (err) {
      this.#log.warn({ err }, 'a part of the process did not stop cleanly')
    }
  }
}
