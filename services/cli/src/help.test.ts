import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePolicy } from '@holdpoint/policy'
import { parseRoster } from '@holdpoint/policy/duty'
import { deadLetterTopic, fromJson, readField } from '@holdpoint/schemas'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProgram } from './program.ts'
import { ProgramForTests } from './testing/program.ts'

const samples = join(import.meta.dirname, '..', '..', '..', 'infra', 'samples')
const sample = (...name: string[]) => readFileSync(join(samples, ...name), 'utf8')

let program: ProgramForTests
beforeAll(async () => {
  program = await ProgramForTests.start()
})
afterAll(() => program.stop())

/** Paths of all commands, groups included: `cases`, `cases list` … */
function pathsOf(command: Command, path: string[] = []): string[][] {
  return [path, ...command.commands.flatMap((one) => pathsOf(one, [...path, one.name()]))]
}

/** Lines that start with `holdpoint`, or have it behind a pipe; long ones are joined. */
function examplesIn(help: string): string[] {
  return help
    .replaceAll(/ \\\n +/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^holdpoint |\| holdpoint /.test(line))
}

/** Words of the command lines of one line, as a shell sees them, without what comes behind a pipe or a redirection. */
function commandLinesIn(line: string): string[][] {
  return (
    line
      .split(/ && | \| | > /)
      .map((part) => [...part.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''))
      .filter(([first]) => first === 'holdpoint')
      .map(([, ...words]) => words)
      // Of the overview, what is explained stands behind two blanks.
      .map((words) => words)
  )
}

/** What an example is for stands behind two blanks. */
const withoutRemark = (line: string): string => line.replace(/ {2,}\S.*$/, '')

async function helpOf(path: string[]): Promise<string> {
  const { code, out } = await program.run(...path, '--help')
  expect([code, out]).toEqual([0, expect.stringMatching(/^Usage: holdpoint/)])
  return out
}

describe('every command', () => {
  test('has help', async () => {
    for (const path of paths()) await helpOf(path)
  })

  test('says in a sentence that it does not know an option, with exit code 2', async () => {
    for (const path of paths()) {
      const { code, err, out } = await program.run(...path, '--bogus')
      expect([path, code, out]).toEqual([path, 2, ''])
      expect(err).toMatch(/^error: (unknown option '--bogus'|missing required argument|required option)/)
    }
  })

  test('or a word, or that one too many was said', async () => {
    for (const path of paths().filter((one) => one.length < 2)) {
      const { code, err } = await program.run(...path, 'bogus', 'bogus')
      expect([path, code]).toEqual([path, 2])
      expect(err).toMatch(/^error: (unknown command 'bogus'|too many arguments)/)
    }
  })
})

describe('the examples of the help', () => {
  test('are understood, and name roles, people, types, calendars and fields of the sample', async () => {
    const examples = await allExamples()
    expect(examples.length).toBeGreaterThan(60)
    for (const line of examples)
      for (const words of commandLinesIn(withoutRemark(line)))
        expect([line, wrongIn(words)]).toEqual([line, []])
  })

  test('give an answer where nothing has to run for it', async () => {
    const run = (await allExamples()).filter((line) =>
      /policy (check|explain|due|try .*--against)|--dry-run|--roster/.test(line),
    )
    expect(run.length).toBeGreaterThanOrEqual(10)
    for (const line of run) {
      program.stdin = [/echo '(.*)' \|/.exec(line)?.[1] ?? '']
      for (const words of commandLinesIn(withoutRemark(line)).filter(([, name]) => name !== 'publish')) {
        const { code, err } = await program.run(...words.map(inFolder))
        expect([line, code, code === 0 ? '' : err]).toEqual([line, 0, ''])
      }
    }
  })

  test('the example of a file of events is one', async () => {
    const text = /Example of a file:\n([\s\S]*?)\n\n/.exec(await helpOf(['orders', 'send']))?.[1] ?? ''
    expect(fromJson('orders.inbound.v1', JSON.parse(text))).toHaveProperty('value')
  })

  test('the example of a roster is one', async () => {
    const text = /leaves the roster:\n([\s\S]*?)\n\n/.exec(await helpOf(['roster', 'publish']))?.[1] ?? ''
    expect(parseRoster(text)).toHaveProperty('roster')
  })
})

const paths = () => pathsOf(createProgram(program.world({ out: '', err: '' })))

async function allExamples(): Promise<string[]> {
  return (await Promise.all(paths().map(helpOf))).flatMap(examplesIn)
}

/** The file of the sample, or one made for the test, that an example names. */
function inFolder(word: string): string {
  const files: Record<string, () => string> = {
    'my.policy.yaml': () => sample('wholesaler.policy.yaml'),
    'old.policy.yaml': () => sample('wholesaler.policy.yaml'),
    'roster.yaml': () => sample('roster.yaml'),
    '1-place.json': () => sample('story', '1-place.json'),
    '2-ask-terms.json': () => sample('story', '2-ask-terms.json'),
    'day.jsonl': () => JSON.stringify(JSON.parse(sample('story', '1-place.json'))),
    'duty.ics': () => 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//duty//EN\r\nEND:VCALENDAR\r\n',
  }
  if (word.startsWith('infra/samples/')) return join(samples, word.slice('infra/samples/'.length))
  const text = files[word]
  return text ? program.write(word, text()) : word
}

/** What is wrong with a command line: whether it cannot be parsed, and the names in it that the sample does not have. */
function wrongIn(words: readonly string[]): string[] {
  const wrong: string[] = []
  const written = { out: '', err: '' }
  const root = createProgram(program.world(written))
  for (const path of pathsOf(root)) {
    const command = path.reduce(
      (found, name) => found.commands.find((one) => one.name() === name) as Command,
      root,
    )
    if (command.commands.length === 0)
      command.action(() => {
        wrong.push(...wrongNames(path.at(-1) ?? '', command.optsWithGlobals()))
      })
  }
  try {
    root.parse([...words], { from: 'user' })
  } catch {
    wrong.push(written.err)
  }
  return wrong
}

function wrongNames(command: string, options: Record<string, unknown>): string[] {
  const { people, subjects, roles, types, calendars, services, stages } = known()
  const whom: Record<string, readonly string[]> = {
    ask: ['customer', 'requester', ...roles],
    reassign: colleaguesOf(people, options.as),
  }
  const names: Record<string, readonly string[]> = {
    as: subjects,
    role: roles,
    type: types,
    calendar: calendars,
    service: services,
    to: whom[command] ?? [],
  }
  const wrong = Object.entries(names).flatMap(([option, all]) => {
    const said = options[option]
    return typeof said === 'string' && all.length > 0 && !all.includes(said) ? [`--${option} ${said}`] : []
  })
  const held = ((options.hold ?? []) as string[]).filter((stage) => !stages.includes(stage))
  const set = (options.set ?? []) as { path: string }[]
  return [
    ...wrong,
    ...held.map((stage) => `--hold ${stage}`),
    ...set.filter(({ path }) => !isField(path)).map(({ path }) => `--set ${path}`),
  ]
}

/** Who has a role with somebody in common: a case goes from one to the other. */
function colleaguesOf(
  people: readonly { subject: string; roles: readonly string[] }[],
  subject: unknown,
): string[] {
  const own = people.find((one) => one.subject === subject)?.roles ?? []
  return people
    .filter((one) => one.subject !== subject && one.roles.some((role) => own.includes(role)))
    .map((one) => one.subject)
}

const known = once(() => {
  const policy = parsePolicy(sample('wholesaler.policy.yaml'))
  const roster = parseRoster(sample('roster.yaml'))
  if (!('policy' in policy) || !('roster' in roster)) throw new Error('The samples cannot be read.')
  const { people } = roster.roster
  return {
    people,
    subjects: people.map(({ subject }) => subject),
    roles: [...new Set(people.flatMap(({ roles }) => roles))],
    types: [...policy.policy.types.keys()],
    calendars: Object.keys(policy.policy.calendars),
    services: Object.keys(deadLetterTopic),
    stages: policy.policy.stages,
  }
})

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function isField(path: string): boolean {
  const read = fromJson('orders.inbound.v1', JSON.parse(sample('story', '1-place.json')))
  return 'value' in read && read.value.order !== null && readField(read.value.order, path) !== undefined
}
