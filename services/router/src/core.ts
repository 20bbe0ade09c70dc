/** The pure core of the router, for whoever simulates or measures it. */
export type { DomainEvent } from './event.ts'
export type { Context, Input, Staff } from './input.ts'
export { type Routed, route } from './route.ts'
export { initialState, isOpen } from './state.ts'
export { pendingTimers } from './timers.ts'
