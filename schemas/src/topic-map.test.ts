import { expect, test } from 'vitest'
import { topicNames } from './catalogue.ts'
import { withTopicTable } from './topic-map.ts'

const marks = [
  '<!-- topics: written by `npm run generate` from schemas/src/catalogue.ts -->',
  '<!-- /topics -->',
]

test('every topic has its row, and the text around stays as it is', () => {
  const text = withTopicTable(`before\n${marks[0]}\nstale rows\n${marks[1]}\nafter\n`)
  for (const topic of topicNames) expect(text).toContain(`| \`${topic}\``)
  expect(text).toMatch(/^before\n/)
  expect(text).toMatch(/\nafter\n$/)
  expect(text).not.toContain('stale rows')
  expect(withTopicTable(text)).toBe(text)
})

test('a text without marks is refused', () => expect(() => withTopicTable('text')).toThrow('marks'))
