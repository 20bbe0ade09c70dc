export * from './outcomes.ts'
export type * from './port.ts'
