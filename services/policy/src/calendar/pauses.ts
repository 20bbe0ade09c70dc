import { checkInstant } from './range.ts'

/** The clock stands still in `[from, to)`, in milliseconds since 1970 UTC; without `to` it goes on standing still. */
export interface Pause {
  from: number
  to?: number
}

/** A pause that ends at `Infinity` has no end yet. */
export type Span = Readonly<Required<Pause>>

/** What these pauses stop from an instant on: in order, apart from each other. They may come in any order and overlap. */
export function spansOf(pauses: readonly Pause[], from: number): Span[] {
  const spans: { from: number; to: number }[] = []
  for (const pause of pauses.map((each) => spanOf(each, from)).toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1)
    if (pause.to <= pause.from) continue
    if (last && pause.from <= last.to) last.to = Math.max(last.to, pause.to)
    else spans.push(pause)
  }
  return spans
}

function spanOf({ from, to }: Pause, start: number): { from: number; to: number } {
  checkInstant(from)
  if (to !== undefined) checkInstant(to)
  return { from: Math.max(from, start), to: to ?? Number.POSITIVE_INFINITY }
}
