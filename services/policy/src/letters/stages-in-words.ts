import type { StageNow } from './order-now.ts'
import type { StagesInWords } from './phrases.ts'

/**
 * What becomes of each stage, one sentence for all of which the same is true. What is under way or done already and goes on
 * needs no words.
 */
export function stagesInWords(
  stages: readonly StageNow[],
  cancelled: boolean,
  words: StagesInWords,
): string[] {
  const begun = stages.filter(({ state }) => state === 'STARTED' || state === 'DONE')
  const notBegun = stages.filter((one) => !begun.includes(one))
  const of = (verdict: string) => notBegun.filter((one) => one.verdict === verdict).map(({ stage }) => stage)
  const [held, going, stopped] = [of('HOLD'), of('PROCEED'), of('STOP')]
  const said = sentences({ held, going, stopped, none: notBegun.length === 0 }, cancelled, words)
  const late = begun.filter(({ verdict }) => verdict !== 'PROCEED').map(({ stage }) => stage)
  return late.length === 0 ? said : [...said, words.hadBegun(late)]
}

interface Sorted {
  held: string[]
  going: string[]
  stopped: string[]
  none: boolean
}

function sentences(
  { held, going, stopped, none }: Sorted,
  cancelled: boolean,
  words: StagesInWords,
): string[] {
  if (cancelled) return [words.isCancelled]
  if (none) return []
  if (held.length === 0 && going.length === 0) return [words.allIsStopped]
  if (held.length === 0 && stopped.length === 0) return [words.allGoesOn(going)]
  return [
    ...(stopped.length > 0 ? [words.isStopped(stopped)] : []),
    ...(held.length > 0 ? [words.waits(held)] : []),
    ...(going.length > 0 ? [words.goesOn(going)] : []),
  ]
}
