import { type NotUtf8, parseJson, readUtf8 } from '@holdpoint/schemas'
import type { ProblemCode } from './edge/problem.ts'

/** No order event is nested deeper: event, order, lines, line, field. */
const DEPTH = 8

export type Body = { json: unknown } | { code: ProblemCode; detail: string }

/**
 * Reads a request body as JSON: UTF-8 without broken sequences, nested at most 8 deep, each name once. The depth is
 * measured on the text, before anything is built from it.
 */
export function readBody(bytes: Uint8Array): Body {
  const read = readUtf8(bytes)
  if ('notUtf8' in read) return { code: 'BODY_UNREADABLE', detail: notUtf8Text(read.notUtf8) }
  const { text } = read
  if (depthOf(text) > DEPTH)
    return { code: 'BODY_TOO_DEEP', detail: `An order event is nested at most ${DEPTH} deep.` }
  try {
    return { json: parseJson(text) }
  } catch (error) {
    return { code: 'BODY_UNREADABLE', detail: `The body is no JSON: ${(error as Error).message}.` }
  }
}

const notUtf8Text = ({ line, column, byte, message }: NotUtf8): string =>
  `Line ${line}, column ${column} (byte ${byte}) of the body: ${message}. Send JSON as UTF-8.`

/** Deepest nesting of braces and brackets outside of strings. */
export function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (quoted) {
      if (char === '\\') at++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth)
    else if (char === '}' || char === ']') depth--
  }
  return deepest
}
