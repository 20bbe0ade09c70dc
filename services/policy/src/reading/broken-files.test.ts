import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPolicy, parsePolicy } from '../parse-policy.ts'
import { conditionBreaks } from '../testing/broken-conditions.ts'
import { atTheTop, inCalendars, inMessages, inRoles, type Piece } from '../testing/broken-entries.ts'
import { type Block, type Broken, linesOf, removed, replaced, sampleOf } from '../testing/broken-samples.ts'
import { fieldBreaks, nameBreaks } from '../testing/broken-types.ts'

const file = new URL('../../../../infra/samples/wholesaler.policy.yaml', import.meta.url)
const sample = sampleOf(readFileSync(file, 'utf8'))
const whole: Block = { name: 'the policy', from: 0, to: sample.text.length }

type Break = (block: Block, index: number) => Broken[]

/** Every name of every entry is misspelt once; of the other mistakes, each type makes every sixth. */
const everySixth = (turn: number) => (_: Block, index: number) => (index + turn) % 6 === 0

const broken: [what: string, files: Broken[]][] = [
  ...Object.entries(nameBreaks).map(([what, one]) => inEach(`type: ${what}`, sample.types, bind(one))),
  ...Object.entries(fieldBreaks).map(([what, one], turn) =>
    inEach(`type: ${what}`, sample.types.filter(everySixth(turn)), bind(one)),
  ),
  ...Object.entries(conditionBreaks).map(([what, one], turn) =>
    inEach(`condition: ${what}`, sample.types.filter(everySixth(turn)), bind(one)),
  ),
  ...inRoles.map((piece) => inEach(`role: ${piece[0]}`, sample.roles, pieceIn(piece))),
  ...inCalendars.map((piece) => inEach(`calendar: ${piece[0]}`, sample.calendars, pieceIn(piece))),
  inEach('calendar: no zone', sample.calendars, (block) =>
    removed(sample, block, ['zone', / {4}zone: .*\n/]),
  ),
  ...inMessages.map((piece) => inEach(`message: ${piece[0]}`, sample.messages, pieceIn(piece))),
  inEach('message: no English', sample.messages, (block) =>
    removed(sample, block, ['en', / {4}en:\n(?: {6}.*\n|\n)*/]),
  ),
  ...atTheTop.map((piece) => inEach(`policy: ${piece[0]}`, [whole], pieceIn(piece))),
]

function inEach(what: string, blocks: readonly Block[], one: Break): [string, Broken[]] {
  return [what, blocks.flatMap(one)]
}

function bind(one: (of: typeof sample, block: Block, index: number) => Broken[]): Break {
  return (block, index) => one(sample, block, index)
}

function pieceIn(piece: Piece): Break {
  return (block) => replaced(sample, block, piece)
}

test('the policy that is broken is sound', () => {
  expect(parsePolicy(sample.text)).toHaveProperty('policy')
})

test('there are hundreds of broken files, no two of them the same', () => {
  const texts = broken.flatMap(([, files]) => files.map(({ text }) => text))
  expect(texts.length).toBeGreaterThan(300)
  expect(new Set([sample.text, ...texts]).size).toBe(texts.length + 1)
})

describe('a mistake is told with its line and column, and makes no unexplained "no"', () => {
  test.each(broken)('%s', (_, files) => {
    expect(files.length).toBeGreaterThan(0)
    for (const { what, text, line, column } of files) {
      const { answers, ...read } = checkPolicy(text)
      const errors = 'errors' in read ? read.errors : []
      const said = `${what}: ${JSON.stringify(errors)}`
      expect(
        errors.map((error) => `${error.line}:${error.column}`),
        said,
      ).toContain(`${line}:${column}`)
      expect(unexplained(text, answers, errors), said).toEqual([])
    }
  })
})

type Checked = ReturnType<typeof checkPolicy>

/** Types with a "no" for which there is no error, neither in their own lines nor in those that all types share. */
function unexplained(
  text: string,
  answers: Checked['answers'],
  errors: readonly { line: number }[],
): string[] {
  const { types } = sampleOf(text)
  const lines = new Map(types.map((block) => [block.name, linesOf(text, block)]))
  const isIn = (type: string) => (error: { line: number }) => {
    const { first, last } = lines.get(type) ?? { first: 0, last: 0 }
    return first <= error.line && error.line <= last
  }
  const isShared = (error: { line: number }) => !types.some(({ name }) => isIn(name)(error))
  return answers
    .filter(({ owner, trigger, fix, trail, customer }) =>
      [owner, trigger, fix, trail, customer].some(({ yes }) => !yes),
    )
    .filter(({ type }) => !errors.some((error) => isIn(type)(error) || isShared(error)))
    .map(({ type }) => type)
}
