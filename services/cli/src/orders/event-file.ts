import { fromJson, type OrderEvent, parseJson } from '@holdpoint/schemas'
import { Failure } from '../failures.ts'
import { readText } from '../text-file.ts'

/** What is wrong with one event of a file, a line each. */
type WhyNot = (event: OrderEvent) => string[]

/**
 * The order events of a JSON file: one event, or a list. Fails with everything that is wrong with them and what that
 * means; `wrongWith` judges those that can be read.
 */
export function eventsIn(
  file: string,
  consequence = 'None was looked at.',
  wrongWith: WhyNot = () => [],
): OrderEvent[] {
  const whyNot = (read: ReturnType<typeof fromJson<'orders.inbound.v1'>>): string[] =>
    'problems' in read
      ? read.problems.map(({ path, message }) => `${path || 'it'} ${message}`)
      : wrongWith(read.value)
  const json = parse(file)
  const list = Array.isArray(json) ? json : [json]
  const read = list.map((item) => fromJson('orders.inbound.v1', item))
  const problems = read.flatMap((result, index) =>
    whyNot(result).map((why) => `  ${Array.isArray(json) ? `event ${index + 1}: ` : ''}${why}`),
  )
  if (problems.length > 0)
    throw new Failure(
      'INVALID_EVENTS',
      `${file} holds events that are wrong. ${consequence}\n${problems.join('\n')}`,
    )
  return read.flatMap((result) => ('value' in result ? [result.value] : []))
}

function parse(file: string): unknown {
  const text = readText(file)
  try {
    return parseJson(text)
  } catch (cause) {
    throw new Failure('NO_JSON', `${file} is no JSON: ${(cause as Error).message}`)
  }
}
