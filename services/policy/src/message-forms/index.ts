export { htmlOf } from './html.ts'
export type { MessagePart, WrittenMessage } from './part.ts'
export { textOf } from './plain-text.ts'
