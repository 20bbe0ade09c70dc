import type { MessagePart, WrittenMessage } from './part.ts'

const styles = `body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:0 auto;padding:1em}
blockquote{border-left:3px solid;margin:1em 0;padding:0 0 0 1em}
dl{margin:1em 0}dt{font-weight:bold}dd{margin:0 0 .5em}`

/**
 * The message as a page of its own: in the colours of whoever reads it, light or dark, with nothing to fetch and nothing
 * to run. Every text is escaped and has the direction of its own script.
 */
export function htmlOf({
  language,
  subject,
  parts,
}: Pick<WrittenMessage, 'language' | 'subject' | 'parts'>): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(subject)}</title>
<style>
${styles}
</style>
</head>
<body>
${grouped(parts).join('\n')}
</body>
</html>
`
}

/** Facts that follow each other are one list. */
function grouped(parts: readonly MessagePart[]): string[] {
  const blocks: string[] = []
  for (let i = 0; i < parts.length; i++) {
    const facts: string[] = []
    for (let fact = parts[i]; fact?.kind === 'fact'; fact = parts[++i])
      facts.push(`<dt dir="auto">${escaped(fact.label)}</dt><dd dir="auto">${escaped(fact.value)}</dd>`)
    if (facts.length > 0) blocks.push(`<dl>${facts.join('')}</dl>`)
    const part = parts[i]
    if (part && part.kind !== 'fact') blocks.push(blockOf(part))
  }
  return blocks
}

function blockOf(part: Exclude<MessagePart, { kind: 'fact' }>): string {
  switch (part.kind) {
    case 'text':
    case 'signature':
      return `<p dir="auto">${lines(part.text)}</p>`
    case 'quote':
      return `<blockquote><p dir="auto">${lines(part.text)}</p></blockquote>`
    case 'link':
      return `<p dir="auto"><a href="${escaped(part.url)}">${escaped(part.text)}</a></p>`
    default:
      throw new Error(`${JSON.stringify(part satisfies never)} is no part of a message.`)
  }
}

function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>\n')
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
