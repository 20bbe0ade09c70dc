import { fromJson, type OrderEvent, parseJson } from '@holdpoint/schemas'
import { Failure } from '../failures.ts'
import { readText } from '../text-file.ts'

/**
 * The order events of a JSON file: one event, or a list. Fails with everything that is wrong with them and what that
 * means.
 */
export function eventsIn(file: string, consequence = 'None was looked at.'): OrderEvent[] {
  const json = parse(file)
  const list = Array.isArray(json) ? json : [json]
  const read = list.map((item) => fromJson('orders.inbound.v1', item))
  const problems = read.flatMap((result, index) =>
    'problems' in result
      ? result.problems.map(
          ({ path, message }) =>
            `  ${Array.isArray(json) ? `event ${index + 1}: ` : ''}${path || 'it'} ${message}`,
        )
      : [],
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
