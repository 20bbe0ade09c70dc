import type { Span } from './spans.ts'

/** Something of the roster, and when it is. */
export interface Timed<One> extends Span {
  one: One
}
