/** Orders for tests and for measuring. */
export { arbitraryOrder, textFor } from './arbitrary-order.ts'
export { sampleCommand } from './sample-command.ts'
export { sampleOrder } from './sample-order.ts'
