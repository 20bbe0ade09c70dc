import type { LaneRecord } from '@holdpoint/chassis'
import type { Timer } from '@holdpoint/schemas'
import type { Step } from './store.ts'

export type ScheduleRecord = LaneRecord<'timers.schedule.v1'>

/** A record that schedules nothing, and why. */
export interface Unreadable {
  offset: number
  why: string
}

/** So many records are written to the store at once. */
export const stepSize = 500

/**
 * Cuts records of one lane into steps. The last record of a timer wins, whatever its version, as it does in the
 * compacted topic: so reading on and building again end in the same state. `from` is the next offset wanted.
 */
export function stepsOf(
  records: readonly ScheduleRecord[],
  from: number,
  size = stepSize,
): { steps: Step[]; unreadable: Unreadable[] } {
  const steps: Step[] = []
  const unreadable: Unreadable[] = []
  let position = from
  const wanted = records.filter((record) => record.offset >= from)
  for (let start = 0; start < wanted.length; start += size) {
    const part = wanted.slice(start, start + size)
    const step = stepOf(part, position, unreadable)
    steps.push(step)
    position = step.to
  }
  return { steps, unreadable }
}

function stepOf(records: readonly ScheduleRecord[], from: number, unreadable: Unreadable[]): Step {
  const latest = new Map<string, Timer | null>()
  for (const record of records) {
    const read = readTimer(record)
    if ('why' in read) unreadable.push({ offset: record.offset, why: read.why })
    else latest.set(record.key, read.timer)
  }
  const schedule = [...latest.values()].filter((timer) => timer !== null)
  const cancel = [...latest].filter(([, timer]) => timer === null).map(([timerId]) => timerId)
  const to = (records.at(-1)?.offset ?? from - 1) + 1
  return { from, to, schedule, cancel }
}

function readTimer(record: ScheduleRecord): { timer: Timer | null } | { why: string } {
  try {
    const timer = record.value
    if (timer === null || timer.timerId === record.key) return { timer }
    return {
      why: `its key is ${JSON.stringify(record.key)} but its timerId ${JSON.stringify(timer.timerId)}`,
    }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}
