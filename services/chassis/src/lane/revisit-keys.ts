import { addDone, type BatchContext, type HandledBatch, laneOf, newBatch } from './handle-batch.ts'

/** How long keys are looked at before records are handled again, so that no record waits long for them. */
const maxRevisitMs = 20

/** What is to be written for some keys, and how many of them, from the first on, were looked at. */
export interface RevisitedKeys extends HandledBatch {
  looked: number
  /** Keys that could not be looked at; they are left as they are. */
  failed: { key: string; error: unknown }[]
}

/** Looks at the state of keys again, without a record. Changes nothing by itself, as `handleBatch`. */
export function revisitKeys(context: BatchContext, keys: readonly string[]): RevisitedKeys {
  const batch: RevisitedKeys = { ...newBatch(context), looked: 0, failed: [] }
  const lane = laneOf(context, batch.overlay)
  const until = performance.now() + maxRevisitMs
  for (const key of keys) {
    try {
      const outcome = context.service.revisit?.(key, lane)
      if (outcome?.kind === 'retryLater') {
        batch.wait = { why: outcome.why, afterMs: outcome.afterMs }
        break
      }
      if (outcome?.kind === 'done') addDone(context, batch, outcome)
    } catch (error) {
      batch.failed.push({ key, error })
    }
    batch.overlay.forgetDecoded()
    batch.looked++
    if (performance.now() > until) break
  }
  return batch
}
