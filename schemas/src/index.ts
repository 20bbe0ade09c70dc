export * from './catalogue.ts'
export type * from './generated/types.ts'
export { loadSchema } from './load.ts'
