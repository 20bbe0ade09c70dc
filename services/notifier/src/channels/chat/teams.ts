import { cut } from '../../cut.ts'
import type { Message, Part } from '../../message.ts'

/** What Teams takes: bytes of a message, buttons of a card. */
const [mostBytes, mostButtons] = [27_000, 6]

/**
 * A message as an Adaptive Card, in the envelope that Teams' workflows take. Texts are runs of rich text, the one element
 * of a card in which nothing counts as Markdown.
 */
export function teamsBody({ subject, parts, language }: Pick<Message, 'subject' | 'parts' | 'language'>) {
  for (let kept = parts; ; kept = kept.slice(0, Math.floor(kept.length / 2))) {
    const isCut = kept.length < parts.length
    const body = envelope(subject, isCut ? [...kept, { kind: 'text', text: '…' }] : kept, language)
    if (kept.length === 0 || Buffer.byteLength(JSON.stringify(body)) <= mostBytes) return body
  }
}

function envelope(subject: string, parts: readonly Part[], language: string) {
  const links = parts.filter((part) => part.kind === 'link').slice(0, mostButtons)
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    lang: language,
    fallbackText: subject,
    body: [
      lineOf([{ text: subject, weight: 'bolder', size: 'large' }]),
      ...parts.flatMap((part) => elementsOf(part)),
    ],
    actions: links.map(({ text, url }) => ({ type: 'Action.OpenUrl', title: cut(text, 100), url })),
    msteams: { width: 'Full' },
  }
  const contentType = 'application/vnd.microsoft.card.adaptive'
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] }
}

function elementsOf(part: Part): object[] {
  switch (part.kind) {
    case 'text':
    case 'signature':
      return linesOf(part.text)
    case 'quote':
      return [{ type: 'Container', style: 'emphasis', items: linesOf(part.text) }]
    case 'fact':
      return [
        lineOf([{ text: `${cut(part.label, 200)}: `, weight: 'bolder' }, { text: cut(part.value, 4_000) }]),
      ]
    case 'link':
      return []
    default:
      throw new Error(`${JSON.stringify(part satisfies never)} is no part of a message.`)
  }
}

function linesOf(text: string): object[] {
  return cut(text, 4_000)
    .split('\n')
    .map((line, i) => ({ ...lineOf([{ text: line || ' ' }]), spacing: i === 0 ? 'medium' : 'none' }))
}

function lineOf(runs: readonly object[]) {
  return { type: 'RichTextBlock', inlines: runs.map((run) => ({ type: 'TextRun', ...run })) }
}
