import { headers, type Line, type LineKind, readLine } from './lines.ts'
import type { Found, Trail, Unreadable } from './trail.ts'

type Numbered = { where: string; line: Line | undefined }

/** The parts of a copy in the order of its lines. */
const order: Readonly<Record<LineKind, number>> = { checkpoint: 0, entry: 1, record: 2, end: 3 }

/**
 * Reads a copy, once and from its first line to its last. A line that is not as it was written, that stands where it
 * does not belong, or that is missing is given as something that cannot be read.
 */
export async function trailOfCopy(lines: AsyncIterable<string>): Promise<Trail> {
  const reader = new CopyReader(lines)
  const header = await reader.header()
  const trail = { checkpoints: reader.part('checkpoint'), entries: reader.part('entry') }
  if (header === headers.withoutRecords) return { ...trail, entries: andTheEnd(trail.entries, reader) }
  return { ...trail, records: records(reader) }
}

async function* records(reader: CopyReader) {
  for await (const found of reader.part('record')) yield 'problem' in found ? found : found.value
  yield* reader.end()
}

async function* andTheEnd<T>(part: AsyncIterable<T>, reader: CopyReader) {
  yield* part
  yield* reader.end()
}

type ValueOf<Kind extends LineKind> = NonNullable<Extract<Line, { kind: Kind }>['value']>

class CopyReader {
  readonly #lines: AsyncIterator<string>
  readonly #counts: Record<LineKind, number> = { checkpoint: 0, entry: 0, record: 0, end: 0 }
  #number = 0
  #next: Numbered | undefined
  #headerIsWrong = false

  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]()
  }

  async header(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next()
    this.#number++
    this.#headerIsWrong = done === true || !Object.values(headers).includes(value)
    return done ? undefined : value
  }

  async *part<Kind extends LineKind>(kind: Kind): AsyncGenerator<Found<ValueOf<Kind>>> {
    if (this.#headerIsWrong) {
      this.#headerIsWrong = false
      yield unreadable('line 1 of the copy', 'It does not say what kind of copy this is.')
    }
    for (;;) {
      const next = await this.#take()
      if (!next) return
      const { where, line } = next
      if (!line) yield unreadable(where, 'The line is not as it was written.')
      else if (line.kind === kind) {
        this.#counts[kind]++
        yield { where, partition: undefined, value: line.value as ValueOf<Kind> } as Found<ValueOf<Kind>>
      } else if (order[line.kind] < order[kind])
        yield unreadable(where, `A line of this kind (${line.kind}) does not stand here.`)
      else {
        this.#next = next
        return
      }
    }
  }

  /** What is wrong with the end of the copy. */
  async *end(): AsyncGenerator<Unreadable> {
    const last = await this.#take()
    if (last?.line?.kind !== 'end')
      yield unreadable(
        last?.where ?? 'the end of the copy',
        'The copy breaks off: its last line is not there.',
      )
    else {
      const { checkpoints, entries, records } = last.line.value
      const { checkpoint, entry, record } = this.#counts
      if (checkpoints !== checkpoint || entries !== entry || records !== record)
        yield unreadable(
          last.where,
          `There were ${checkpoints} checkpoints, ${entries} entries and ${records} records; ` +
            `now there are ${checkpoint}, ${entry} and ${record}.`,
        )
    }
    for (let more = await this.#take(); more; more = await this.#take())
      yield unreadable(more.where, 'Nothing stands behind the end of a copy.')
  }

  async #take(): Promise<Numbered | undefined> {
    const ahead = this.#next
    this.#next = undefined
    if (ahead) return ahead
    const { value, done } = await this.#lines.next()
    if (done) return undefined
    return { where: `line ${++this.#number} of the copy`, line: readLine(value) }
  }
}

const unreadable = (where: string, problem: string): Unreadable => ({ where, problem, isForeign: false })
