import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { revisionMaker } from '@holdpoint/policy'
import { fromJson, type OrderEvent, parseJson, type Revision } from '@holdpoint/schemas'
import { Failure, Misuse } from '../failures.ts'
import { unreadable } from '../file-problems.ts'
import { eventsIn } from '../orders/event-file.ts'
import type { Places } from '../places.ts'
import { linesOfFile } from '../text-file.ts'
import { connectKafka } from '../upstream/kafka.ts'

/** Revisions in portions, with the part of the whole that they complete. */
export type Portions = AsyncIterable<{ revisions: Iterable<Revision>; part: number | undefined }>

const portion = 1_000

/** What the events of a file, or of the files of a folder in the order of their names, make of their orders. */
export async function* revisionsOfFiles(path: string): Portions {
  const files = filesIn(path)
  const sizes = files.map((file) => statSync(file).size)
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  const next = revisionMaker()
  let before = 0
  for (const [index, file] of files.entries()) {
    for await (const { events, read } of portionsOf(file, sizes[index] as number))
      yield { revisions: events.flatMap((event) => next(event) ?? []), part: (before + read) / whole }
    before += sizes[index] as number
  }
}

function filesIn(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
  } catch (cause) {
    throw unreadable(path, cause)
  }
  const files = readdirSync(path)
    .filter((name) => /\.(json|jsonl)$/.test(name))
    .sort()
    .map((name) => join(path, name))
  if (files.length > 0) return files
  throw new Misuse(`${path} holds no event files (.json or .jsonl).`)
}

async function* portionsOf(
  file: string,
  size: number,
): AsyncGenerator<{ events: OrderEvent[]; read: number }> {
  if (!file.endsWith('.jsonl')) {
    yield { events: eventsIn(file), read: size }
    return
  }
  let number = 0
  let read = 0
  let events: OrderEvent[] = []
  for await (const line of linesOfFile(file)) {
    number++
    read += line.length + 1
    if (line.trim() === '') continue
    const event = eventOf(line, `${file}:${number}`)
    events.push(event)
    if (events.length < portion) continue
    yield { events, read: Math.min(read, size) }
    events = []
  }
  if (events.length > 0) yield { events, read: size }
}

function eventOf(line: string, where: string): OrderEvent {
  let json: unknown
  try {
    json = parseJson(line)
  } catch (cause) {
    throw new Failure('NO_JSON', `${where} is no JSON: ${(cause as Error).message}`)
  }
  const read = fromJson('orders.inbound.v1', json)
  if ('value' in read) return read.value
  const problems = read.problems.map(({ path, message }) => `  ${path || 'it'} ${message}`).join('\n')
  throw new Failure('INVALID_EVENTS', `${where} holds an event that is wrong.\n${problems}`)
}

/** What orders.revisions.v1 holds since an instant, milliseconds UTC. */
export async function* revisionsSince(places: Places, since: number): Portions {
  const connection = await connectKafka(places)
  try {
    let revisions: Revision[] = []
    for await (const { value } of connection.readAll(['orders.revisions.v1'], since)) {
      if (!value || value.at < since) continue
      revisions.push(value)
      if (revisions.length < portion) continue
      yield { revisions, part: undefined }
      revisions = []
    }
    yield { revisions, part: undefined }
  } finally {
    await connection.stop()
  }
}
