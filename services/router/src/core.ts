/** The pure core of the router, for whoever simulates or measures it. */

export { pendingTimers } from './messages/timers.ts'
export { type DomainEvent, toRecord } from './record/event.ts'
export type { Context, Input, Staff } from './record/input.ts'
export { initialState, isOpen } from './record/state.ts'
export { type Routed, route } from './route.ts'
