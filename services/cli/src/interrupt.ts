/** Aborted by Ctrl-C or SIGTERM, once somebody asks for it; the second one ends the process. */
export function untilInterrupted(): AbortSignal {
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
  return interrupt.signal
}
