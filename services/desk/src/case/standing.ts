import type { StageVerdict } from '@holdpoint/schemas'

/** Where an order as a whole stands: held while any stage is, else stopped when any stage is, else it goes on. */
export type Standing = 'PROCEED' | 'HOLD' | 'STOP'

export function standingOf(verdicts: readonly StageVerdict[]): Standing {
  const says = (verdict: Standing) => verdicts.some((stage) => stage.verdict === verdict)
  return says('HOLD') ? 'HOLD' : says('STOP') ? 'STOP' : 'PROCEED'
}
