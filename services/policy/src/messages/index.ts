export type { MessageData } from './message-data.ts'
export { renderTemplate } from './render-template.ts'
