import { cut } from '../../cut.ts'
import type { Message, Part } from '../../message.ts'

/** What Slack takes: blocks of a message, characters of a section, of a heading. */
const [mostBlocks, longestSection, longestHeading] = [50, 3_000, 150]

/** A message in Slack's Block Kit. Everything that Slack takes for a link, a mention or a command is escaped. */
export function slackBody({ subject, parts }: Pick<Message, 'subject' | 'parts'>) {
  const heading = {
    type: 'header',
    text: { type: 'plain_text', text: cut(subject, longestHeading - 1), emoji: false },
  }
  const sections = parts.map((part) => section(textOf(part)))
  const kept = sections.length < mostBlocks ? sections : [...sections.slice(0, mostBlocks - 2), section('…')]
  return { text: escaped(subject), unfurl_links: false, unfurl_media: false, blocks: [heading, ...kept] }
}

/** `verbatim` keeps Slack from making links of what looks like one. */
function section(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

function textOf(part: Part): string {
  switch (part.kind) {
    case 'text':
    case 'signature':
      return fitting(part.text)
    case 'quote':
      return fitting(part.text).replaceAll(/^/gm, '>')
    case 'fact':
      return `*${fitting(part.label, 200)}:* ${fitting(part.value, 2_500)}`
    case 'link':
      return `<${escaped(part.url)}|${fitting(part.text, 500).replaceAll('\n', ' ')}>`
    default:
      throw new Error(`${JSON.stringify(part satisfies never)} is no part of a message.`)
  }
}

/** Escaped, and cut so that it is no longer than a section may be once it is. */
function fitting(text: string, most = longestSection - 200): string {
  for (let length = most; ; length = Math.floor(length / 2)) {
    const fits = escaped(cut(text, length))
    if (fits.length <= most) return fits === '' ? ' ' : fits
  }
}

/** Slack's three characters; a mention or a link begins with one of them. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
