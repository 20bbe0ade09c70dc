export * from './given.ts'
export { Life } from './histories.ts'
export { actors, type Step, steps } from './random-steps.ts'
