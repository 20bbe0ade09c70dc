export { composeLetter } from './compose-letter.ts'
export type { AskedQuestion, EndedTopic, Letter, OpenTopic, OrderNow, Part } from './order-now.ts'
export type { Ending, Occasion } from './phrases.ts'
