import type { DeadLetter } from '@holdpoint/schemas'
import { partitionOf } from '../../partition-of.ts'
import { timer } from './counting-service.ts'
import type { World } from './world.ts'

/** What the conformance suite does to a world and asks of it. */
export class Checks {
  readonly world: World

  constructor(world: World) {
    this.world = world
  }

  /** A key of the lane. */
  keyIn(lane: number): string {
    for (let n = 0; ; n++) if (partitionOf(`order-${n}`, this.world.lanes) === lane) return `order-${n}`
  }

  put(key: string, caseId: string): Promise<void> {
    return this.world.put(this.world.topics.input, key, timer(key, 0, caseId))
  }

  /** The counts that were published for a key, in order. */
  async counts(key: string): Promise<(number | undefined)[]> {
    return (await this.#published(key)).map((record) => record.value?.version)
  }

  /** The cases whose records were published for a key, in order. */
  async caseIds(key: string): Promise<(string | undefined)[]> {
    return (await this.#published(key)).map((record) => record.value?.caseId)
  }

  hasPublished(records: number): Promise<void> {
    const { topics } = this.world
    return this.world.until(
      `${records} records published`,
      async () => (await this.world.published(topics.output)).length >= records,
    )
  }

  async deadLetters(): Promise<DeadLetter[]> {
    const letters = await this.world.published(this.world.topics.deadLetters)
    return letters.map((letter) => letter.value as DeadLetter)
  }

  hasDeadLetters(records: number): Promise<void> {
    return this.world.until(
      `${records} dead letters`,
      async () => (await this.deadLetters()).length >= records,
    )
  }

  async #published(key: string) {
    const published = await this.world.published(this.world.topics.output)
    return published.filter((record) => record.key === key)
  }
}

export const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
