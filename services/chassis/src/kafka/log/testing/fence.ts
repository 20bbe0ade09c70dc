/** For test/contract/fence.test.ts, which starts brokers of its own: what lanes rest on, without what else they do. */
export type { Place } from '../../brokers.ts'
export { renew, type Territory, takeOver } from '../fence.ts'
export type { ProduceLine } from '../produce-line.ts'
export { answerTo, lineForTest, WriterForTest } from './writer.ts'
