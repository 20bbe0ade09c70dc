import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ProgramForTests } from './testing/program.ts'
import { type Line, linesOf } from './text-file.ts'

let program: ProgramForTests
const holdpoint = (...args: string[]) => program.run(...args)

beforeAll(async () => {
  program = await ProgramForTests.start()
})
beforeEach(() => {
  program.answers = { 'POST /session': { body: { token: 't' } } }
  program.asked.length = 0
})
afterAll(() => program.stop())

const windows1252 = (text: string) => Buffer.from(text, 'latin1')
const people = '{ subject: jose, name: José Núñez, email: jose@parts.example, roles: [order-manager] }'
const roster = `zone: Europe/Madrid\npeople:\n  - ${people}\n`
const event = {
  eventId: 'e1',
  source: 'shop',
  orderId: 'SO-1',
  kind: 'REQUESTED',
  occurredAt: '2026-03-02T09:30:00Z',
  request: { requestId: 'r1', kind: 'terms', text: 'Skonto für Müller', by: 'ana', role: 'sales' },
}

describe('a file that is no UTF-8', () => {
  const commands: [name: string, ...args: string[]][] = [
    ['policy check', 'policy', 'check', 'FILE'],
    ['policy publish', 'policy', 'publish', 'FILE', '--as', 'olga', '--reason', 'x', '--based-on', '0'],
    ['policy explain', 'policy', 'explain', 'FILE', '--order', 'FILE'],
    ['policy try', 'policy', 'try', 'FILE', '--orders', 'FILE'],
    ['policy due', 'policy', 'due', 'FILE', '--stdin'],
    ['roster check', 'roster', 'check', 'FILE'],
    ['roster publish', 'roster', 'publish', 'FILE', '--as', 'olga', '--reason', 'x', '--based-on', '0'],
    ['duty who', 'duty', 'who', '--role', 'support', '--roster', 'FILE'],
    ['duty gaps', 'duty', 'gaps', '--roster', 'FILE', '--policy', 'FILE'],
    ['duty import', 'duty', 'import', 'FILE', '--role', 'support', '--roster', 'FILE'],
    ['orders send', 'orders', 'send', 'FILE'],
  ]
  it.each(commands)('is refused by %s, with the place of the first byte that is none', async (_, ...args) => {
    const file = program.write('windows.txt', windows1252(roster))
    const { code, out, err } = await holdpoint(...args.map((arg) => (arg === 'FILE' ? file : arg)))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toBe(
      `${file}:3:31  error: the byte 0xE9 is not UTF-8: in Windows-1252 it would be é (byte 59)\n    save it as UTF-8\n`,
    )
    expect(program.asked.filter(({ path }) => path !== '/session')).toEqual([])
  })

  it('is refused in the line of events that has it', async () => {
    const lines = [Buffer.from(JSON.stringify(event)), windows1252(JSON.stringify(event))]
    const orders = program.write(
      'orders.jsonl',
      Buffer.concat([lines[0] as Buffer, Buffer.from('\n'), lines[1] as Buffer]),
    )
    const policy = 'infra/samples/wholesaler.policy.yaml'
    const { code, err } = await holdpoint('policy', 'try', policy, '--orders', orders, '--against', policy)
    expect(code).toBe(1)
    expect(err).toContain(`${orders}:2:`)
    expect(err).toContain('0xFC is not UTF-8')
  })

  it('on stdin spoils no other line', async () => {
    const question = {
      calendar: { zone: 'UTC', open: 'always' },
      from: '2026-03-02T09:00:00Z',
      within: '1 hour',
    }
    const spoilt = windows1252(JSON.stringify({ ...question, note: 'é' }))
    program.stdin = [JSON.stringify(question), spoilt, JSON.stringify(question)]
    const { code, out } = await holdpoint('policy', 'due', '--stdin')
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(1)
    expect(answers.map(({ due, error }) => due ?? error.code)).toEqual([
      '2026-03-02T10:00:00.000Z',
      'NOT_UTF8',
      '2026-03-02T10:00:00.000Z',
    ])
  })
})

describe('a file in UTF-8', () => {
  it.each(['', '\uFEFF'])('is read with and without a byte order mark', async (mark) => {
    const file = program.write('roster.yaml', `${mark}${roster}`)
    expect(await holdpoint('roster', 'check', file)).toMatchObject({ code: 0 })
    const orders = program.write('event.json', `${mark}${JSON.stringify(event)}`)
    const policy = 'infra/samples/wholesaler.policy.yaml'
    expect((await holdpoint('policy', 'explain', policy, '--order', orders)).err).toContain('holds no event')
  })

  it('is published without its byte order mark', async () => {
    program.answers['POST /roster'] = { body: { version: 1, digest: '', changes: [], warnings: [] } }
    const file = program.write('roster.yaml', `\uFEFF${roster}`)
    await holdpoint('roster', 'publish', file, '--as', 'jose', '--reason', 'x', '--based-on', '0')
    expect(program.asked.at(-1)?.body).toMatchObject({ text: roster })
  })
})

it('gives the lines of bytes, whichever pieces they come in', async () => {
  const bytes = Buffer.from('é\r\n\r\nb\n€')
  for (const size of [1, 2, 3, 100]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    const lines = (await Readable.from(linesOf(Readable.from(pieces))).toArray()) as Line[]
    expect(lines.map(({ read }) => read)).toEqual(['é', '', 'b', '€'].map((text) => ({ text })))
  }
})
