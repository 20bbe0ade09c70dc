import type { MessagePart, WrittenMessage } from './part.ts'

/** The message as plain text: paragraphs with a blank line between them, facts below each other. */
export function textOf({ parts, plain }: Pick<WrittenMessage, 'parts' | 'plain'>): string {
  if (plain !== undefined) return plain
  let text = ''
  for (const [i, part] of parts.entries()) {
    const isNextFact = part.kind === 'fact' && parts[i - 1]?.kind === 'fact'
    text += `${i === 0 ? '' : isNextFact ? '\n' : '\n\n'}${textOfPart(part)}`
  }
  return `${text}\n`
}

function textOfPart(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
    case 'signature':
      return part.text
    case 'quote':
      return part.text.replaceAll(/^/gm, '> ')
    case 'fact':
      return `${part.label}: ${part.value}`
    case 'link':
      return `${part.text}:\n${part.url}`
    default:
      throw new Error(`${JSON.stringify(part satisfies never)} is no part of a message.`)
  }
}
