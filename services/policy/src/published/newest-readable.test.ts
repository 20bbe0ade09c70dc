import { sha256 } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { newestReadable, type Unreadable } from './newest-readable.ts'

/** Texts that can be read unless they begin with "bad". */
function reading(...texts: string[]) {
  const rows = texts.map((text, i) => ({ version: i + 1, text, digest: sha256(text) }))
  const listeners: (() => void)[] = []
  const reports: Unreadable[] = []
  const onChange = (listener: () => void) => {
    listeners.push(listener)
    listener()
  }
  const inForce = newestReadable<string>(
    { values: () => rows, onChange },
    (text) =>
      text.startsWith('bad')
        ? { errors: [{ line: 1, column: 2, message: text, hint: '' }] }
        : { content: text },
    (one) => reports.push(one),
  )
  const publish = (text: string) => {
    rows.push({ version: rows.length + 1, text, digest: sha256(text) })
    for (const listener of listeners) listener()
  }
  return { inForce, publish, reports }
}

test('nothing is in force before something that can be read is published', () => {
  const { inForce, publish } = reading('bad')
  expect(inForce()).toBeUndefined()
  publish('good')
  expect(inForce()).toEqual({ version: 2, content: 'good' })
})

test('a version that cannot be read is reported once, and the last good one stays in force', () => {
  const { inForce, publish, reports } = reading('good')
  publish('bad')
  publish('bad too')
  expect(inForce()).toEqual({ version: 1, content: 'good' })
  expect(reports).toEqual([
    { version: 2, problem: '1:2 bad' },
    { version: 3, problem: '1:2 bad too' },
  ])
  publish('better')
  expect(inForce()).toEqual({ version: 4, content: 'better' })
  expect(reports).toHaveLength(2)
})
