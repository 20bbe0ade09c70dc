import { afterEach, beforeEach, describe } from 'vitest'
import { Checks } from './checks.ts'
import { failures } from './failures.ts'
import { orderAndState } from './order-and-state.ts'
import { revisits } from './revisits.ts'
import type { World } from './world.ts'

/** What a lane guarantees, on any bus. */
export function laneConformance(name: string, createWorld: () => Promise<World>): void {
  describe(`lanes on ${name}`, () => {
    let checks: Checks

    beforeEach(async () => {
      checks = new Checks(await createWorld())
    })

    afterEach(() => checks.world.tearDown())

    orderAndState(() => checks)
    failures(() => checks)
    revisits(() => checks)
  })
}
