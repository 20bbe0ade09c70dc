/** Something that lasts from `fromMs` until just before `toMs`. */
export interface Span {
  fromMs: number
  toMs: number
}

/** Spans, to be asked which of them are on. */
export interface Spans<One extends Span> {
  /** Those that are on at an instant, in the order in which they were given. */
  at(atMs: number): readonly One[]
  /** Instants at which one of them begins or ends. */
  edges: readonly number[]
}

/** A look-up takes the logarithm of their number, and as many steps as spans lie behind an open one. */
export function spansOf<One extends Span>(spans: readonly One[]): Spans<One> {
  const sorted = [...spans.entries()].sort(([, one], [, other]) => one.fromMs - other.fromMs)
  const ends: number[] = []
  for (const [, { toMs }] of sorted) ends.push(Math.max(toMs, ends.at(-1) ?? toMs))
  return {
    edges: spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
    at(atMs) {
      const found: [number, One][] = []
      for (let index = begunBy(sorted, atMs) - 1; index >= 0; index--) {
        if ((ends[index] as number) <= atMs) break
        const entry = sorted[index] as [number, One]
        if (atMs < entry[1].toMs) found.push(entry)
      }
      return found.sort(([one], [other]) => one - other).map(([, span]) => span)
    },
  }
}

/** How many of the spans, sorted by their beginning, have begun. */
function begunBy(sorted: readonly [number, Span][], atMs: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as [number, Span])[1].fromMs <= atMs) low = middle + 1
    else high = middle
  }
  return low
}
