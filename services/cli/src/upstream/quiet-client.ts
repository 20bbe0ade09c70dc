/**
 * Kafka's client asks for timers with negative delays, which Node runs at once and warns of on every run. Nobody at a
 * terminal can do anything about it.
 */
export function silenceTimerWarning(): void {
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void
  process.emitWarning = (...args: unknown[]) => {
    if (args[1] !== 'TimeoutNegativeWarning') emit(...args)
  }
}
