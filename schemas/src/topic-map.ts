/** Writes the table of topics into services/README.md, between its two marks. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue, type Retention, type Topic, topicNames } from './catalogue.ts'

const marks = [
  '<!-- topics: written by `npm run generate` from schemas/src/catalogue.ts -->',
  '<!-- /topics -->',
] as const

/** The text with the table of topics between the marks made anew. Raises when a mark is missing. */
export function withTopicTable(text: string): string {
  const start = text.indexOf(marks[0])
  const end = text.indexOf(marks[1])
  if (start < 0 || end < start) throw new Error(`The text lacks its marks: ${marks.join(' … ')}`)
  return `${text.slice(0, start)}${marks[0]}\n${topicTable()}\n${text.slice(end)}`
}

function topicTable(): string {
  const rows = topicNames.map((name) => row(name, catalogue[name]))
  return [
    '| topic | what it holds | key | writer | readers | kept |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

const row = (name: string, { about, key, writer, readers, retention, layout }: Topic): string =>
  `| \`${name}\`${layout === 'one' ? ' ¹' : ''} | ${about} | ${key} | ${writer} | ${readers.join(', ')} | ${kept(retention)} |`

function kept(retention: Retention): string {
  switch (retention.policy) {
    case 'delete':
      return `${retention.days} days`
    case 'compact':
      return 'the last of each key'
    case 'forever':
      return 'for ever'
    default:
      return retention satisfies never
  }
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', '..', 'services', 'README.md')
  writeFileSync(file, withTopicTable(readFileSync(file, 'utf8')))
}
