/** The pure core of intake, for whoever simulates or measures it. */
export { contentOf } from './content.ts'
export type { Input } from './evolve.ts'
export { type Folded, fold } from './fold.ts'
