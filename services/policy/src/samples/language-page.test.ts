/** What LANGUAGE.md shows is read as it stands, and its tables name what there is. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseRoster } from '../duty/index.ts'
import { messageFilters, messageTags } from '../messages/engine.ts'
import { messageNames } from '../messages/message-data.ts'
import { checkPolicy } from '../parse-policy.ts'
import { policyText } from '../testing/sample-revision.ts'

const page = readFileSync(new URL('../../LANGUAGE.md', import.meta.url), 'utf8')

/** The blocks that are marked in this way: `yaml` for what is read, `yaml refused` for what is not. */
function blocks(mark: string): string[] {
  const all = page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)
  return [...all].flatMap(([, said, text = '']) => (said === mark ? [text] : []))
}

const one = (texts: readonly string[]): string => {
  const [text, ...more] = texts
  if (text === undefined || more.length > 0) throw new Error(`There is not one such block: ${texts.length}.`)
  return text
}

const policy = one(blocks('yaml').filter((text) => text.startsWith('title:')))
const roster = one(blocks('yaml').filter((text) => text.includes('\npeople:')))
const fragments = blocks('yaml').filter((text) => text !== policy && text !== roster)

const whens = /^ {4}when: .*$/m

/** What is wrong with the page's policy when its first condition is this line. */
function errorsOf(line: string): unknown[] {
  expect(line).toMatch(/^when: .*\n$/)
  const read = checkPolicy(policy.replace(whens, () => `    ${line.trimEnd()}`))
  return 'errors' in read ? read.errors : []
}

describe('what is shown', () => {
  test('the policy is read, and nothing about it is warned of', () => {
    expect(checkPolicy(policy)).toMatchObject({ policy: {}, warnings: [] })
  })

  test('the roster is read', () => {
    expect(parseRoster(roster)).toHaveProperty('roster')
  })

  test.each(fragments)('is read: %s', (line) => {
    expect(errorsOf(line)).toEqual([])
  })

  test.each(blocks('yaml refused'))('is refused as it says: %s', (line) => {
    expect(errorsOf(line)).not.toEqual([])
  })

  test('is of both sorts', () => {
    expect(fragments).not.toEqual([])
    expect(blocks('yaml refused')).not.toEqual([])
    expect(new Set([...page.matchAll(/^```(.+)$/gm)].map(([, mark]) => mark))).toEqual(
      new Set(['yaml', 'yaml refused']),
    )
  })
})

/** What is written as code in a text. */
const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** What is written as code in the paragraph that begins so. */
const codeBehind = (start: string): string[] =>
  codeIn(page.split('\n\n').find((text) => text.startsWith(start)) ?? '')

/** The code in the first cells of the table with this head, which follows this text. */
function firstCells(head: string, behind = ''): string[] {
  const [, table = ''] = page.slice(page.indexOf(behind)).split(`| ${head} |\n`)
  const rows = table.split('\n\n')[0]?.split('\n').slice(1) ?? []
  const cells = rows.flatMap((row) => codeIn(row.split(' | ')[0] ?? ''))
  if (cells.length === 0) throw new Error(`There is no table "${head}" on the page.`)
  return cells
}

test.each(firstCells('written | means'))('%s is a time to answer', (time) => {
  expect(policy).toContain('answer-within: 2 working hours')
  const text = policy.replace('answer-within: 2 working hours', `answer-within: ${time}`)
  expect(checkPolicy(text)).toHaveProperty('policy')
})

test.each(firstCells('turn | is handed over'))('%s is a turn', (turn) => {
  expect(roster).toContain('turn: 1 week,')
  const hours = turn.includes('working') ? ' hours: { mon-fri: "09:00-17:00" },' : ''
  expect(parseRoster(roster.replace('turn: 1 week,', `turn: ${turn},${hours}`))).toHaveProperty('roster')
})

describe('conditions', () => {
  const isRead = (condition: string) => 'policy' in checkPolicy(policyText(condition))

  /** `.count` behind `lines.total` is `lines.count`. */
  const names = firstCells('name | what', '## Conditions').map((name, index, all) => {
    if (!name.startsWith('.')) return name
    const whole = all.slice(0, index).findLast((other) => !other.startsWith('.')) ?? ''
    return whole.slice(0, whole.lastIndexOf('.')) + name
  })

  test.each(names)('%s can be read', (name) => {
    expect([name, `${name} == ${name}`, `"a" in ${name}`].some(isRead)).toBe(true)
  })

  const stand = { x: 'order.billing.terms', text: 'facts.limit', from: 'order.placedAt' }
  const standIns: Record<string, string> = { ...stand, to: 'event.occurredAt', at: 'event.occurredAt' }

  test.each(firstCells('function | gives'))('%s can be called', (call) => {
    const whole = call
      .replaceAll(/\b(?:x|text|from|to|at)\b/g, (name) => standIns[name] ?? name)
      .replace('timestamp("…")', 'timestamp("2026-03-09T09:00:00Z")')
    expect([whole, `${whole} == ${whole}`, `event.occurredAt > ${whole}`].some(isRead)).toBe(true)
  })

  test('a name that there is not is none of them', () => {
    expect(['order.nmae', 'order.nmae == order.nmae', '"a" in order.nmae'].some(isRead)).toBe(false)
  })
})

test('every built-in type is told, and no other', () => {
  const read = checkPolicy(policyText('lines.total > 5'))
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  const builtIn = [...read.policy.types.keys()].filter((name) => name !== 'odd')
  expect(codeBehind('Every policy has the built-in types').sort()).toEqual(builtIn.sort())
})

describe('messages', () => {
  test('the table has every name, and no other', () => {
    expect(firstCells('name | what', '### What the customer reads').sort()).toEqual([...messageNames].sort())
  })

  test('every tag and filter is told, and no other', () => {
    const told = codeBehind('Of Liquid there are').filter((code) => !code.startsWith('{'))
    expect(told).toEqual([...messageTags, ...messageFilters])
  })
})
