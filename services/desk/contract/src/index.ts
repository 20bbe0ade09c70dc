export * from './cases.ts'
export { Actor, decimal, instant, named, saidWhy, shapes, text } from './registry.ts'
export * from './requests.ts'
export * from './shapes.ts'
