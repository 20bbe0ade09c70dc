/** A record that is covered so long after it was written, milliseconds, is late. */
export const lateAfterMs = 60_000
/** So long may a lane be late, milliseconds, before the process says that it is not ready: a burst, or a restart, passes. */
export const patienceMs = 120_000
/** A lane that has something to do makes a batch sooner than that, milliseconds, or says what it waits for. */
const quietAfterMs = 30_000

interface LaneBehind {
  /** Age of the oldest record of the last batch when it was covered, milliseconds. */
  age: number
  batchAt: number
  lateSince: number | undefined
}

/** How far the trail is behind what it covers, by what each lane has covered last. */
export class Behind {
  readonly #lanes = new Map<number, LaneBehind>()

  /** A batch is covered at an instant; its records, with the times at which they were written. */
  covered(lane: number, records: readonly { timestamp: number }[], now: number): void {
    const oldest = records.reduce((first, { timestamp }) => Math.min(first, timestamp), now)
    const age = now - oldest
    const before = this.#lateAt(lane, now)?.lateSince
    this.#lanes.set(lane, { age, batchAt: now, lateSince: age > lateAfterMs ? (before ?? now) : undefined })
  }

  /** Milliseconds by lane; none once there is nothing more to cover. */
  byLane(now: number): [lane: number, age: number][] {
    return [...this.#lanes].map(([lane, { age, batchAt }]) => [lane, now - batchAt > quietAfterMs ? 0 : age])
  }

  /** False while a lane has been late for longer than anybody should be patient. */
  isUpToDate(now: number): boolean {
    return [...this.#lanes.keys()].every((lane) => {
      const late = this.#lateAt(lane, now)
      return !late?.lateSince || now - late.lateSince <= patienceMs
    })
  }

  #lateAt(lane: number, now: number): LaneBehind | undefined {
    const last = this.#lanes.get(lane)
    return last && now - last.batchAt <= quietAfterMs ? last : undefined
  }
}
