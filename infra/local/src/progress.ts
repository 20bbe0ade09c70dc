/** Tells the person at the terminal what goes on, with the time it took. */
export type Progress = {
  /** Runs one step; its line appears when it ends. `detail` is added to that line. */
  step: <T>(title: string, run: (detail: (text: string) => void) => Promise<T>) => Promise<T>
  line: (text: string) => void
}

export const silent: Progress = { step: (_title, run) => run(() => undefined), line: () => undefined }

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

type Output = { write: (text: string) => unknown; isTTY?: boolean }

/** Steps that take longer than this say that they have begun. */
const quietMs = 2_000
const frameMs = 200

/** On a terminal the running steps stand in a last line that is rewritten; elsewhere every line is final. */
export function terminalProgress(output: Output = process.stdout): Progress {
  const running = new Map<string, number>()
  let ticker: NodeJS.Timeout | undefined

  const clear = () => output.isTTY && output.write('\r\x1b[2K')
  const draw = () => {
    const parts = [...running].map(([title, since]) => `${title} ${seconds(Date.now() - since)}`)
    if (output.isTTY && parts.length > 0) output.write(`\r\x1b[2K… ${parts.join(' · ').slice(0, 110)}`)
  }
  const line = (text: string) => {
    clear()
    output.write(`${text}\n`)
    draw()
  }
  const begin = (title: string) => {
    running.set(title, Date.now())
    if (output.isTTY) ticker ??= setInterval(draw, frameMs).unref()
  }
  const end = (title: string) => {
    running.delete(title)
    if (running.size > 0) return
    clearInterval(ticker)
    ticker = undefined
  }

  return {
    line,
    async step(title, run) {
      const since = Date.now()
      let details = ''
      begin(title)
      const slow = output.isTTY ? undefined : setTimeout(() => line(`… ${title}`), quietMs)
      try {
        const result = await run((text) => {
          details = `  ${text}`
        })
        end(title)
        line(`✓ ${title}${details}  ${seconds(Date.now() - since)}`)
        return result
      } catch (error) {
        end(title)
        line(`✗ ${title}  ${seconds(Date.now() - since)}`)
        throw error
      } finally {
        clearTimeout(slow)
      }
    },
  }
}
