import { isOpen } from '@holdpoint/router/core'
import type { RouterState } from '@holdpoint/schemas'
import { simulateMonth } from '../simulation/month.ts'
import type { Workbench } from './workbench.ts'

export interface RouterResult {
  /** Deciding and folding one input, derived messages included; microseconds. */
  microsPerInput: number
  /** Bytes that a lane keeps in memory, and in its changelog, for one order. */
  bytes: { plain: number; open: number; finished: number }
}

/** The router's pure core on a simulated month: no Kafka, one process. */
export function routerSpeed(bench: Workbench): RouterResult {
  const sizeOf = (state: RouterState) => bench.connection.codec.encode('router.state.v1', state).length
  const sizes = { plain: new Mean(), open: new Mean(), finished: new Mean() }
  let inputs = 0
  const look = (state: RouterState) => {
    // Every tenth is enough for a mean.
    if (++inputs % 10 === 0 && state.cases.some(isOpen)) sizes.open.add(sizeOf(state))
  }
  const { microsPerInput, states } = simulateMonth(5_000, look)
  for (const state of states) (state.cases.length === 0 ? sizes.plain : sizes.finished).add(sizeOf(state))
  const bytes = { plain: sizes.plain.value, open: sizes.open.value, finished: sizes.finished.value }
  bench.say(
    `router: ${microsPerInput.toFixed(1)} µs an input; ${Math.round(bytes.plain)} bytes for an order without a case, ` +
      `${Math.round(bytes.open)} with an open one, ${Math.round(bytes.finished)} once all are closed`,
  )
  return { microsPerInput, bytes }
}

class Mean {
  #sum = 0
  #count = 0

  add(value: number): void {
    this.#sum += value
    this.#count++
  }

  get value(): number {
    return this.#sum / this.#count
  }
}
