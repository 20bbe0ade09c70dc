import { DuplicateName, parseJson, readUtf8 } from '@holdpoint/schemas'
import express, { type RequestHandler } from 'express'
import { Problem } from './problem.ts'

const mostBytes = 512 * 1024
const mostDepth = 20

/** Reads JSON bodies within bounds, and refuses what could reach an object's prototype. */
export function bodyGuard(): RequestHandler[] {
  return [
    express.json({
      limit: mostBytes,
      strict: false,
      verify: (_request, _response, bytes, charset) => {
        const text = requireUtf8(bytes, charset)
        if (depthOf(bytes) > mostDepth)
          throw new Problem(400, 'TOO_DEEP', `The body is nested deeper than ${mostDepth} levels.`)
        refuseDuplicates(text)
      },
    }),
    (request, _response, next) => {
      const found = forbidden(request.body, '')
      if (found) throw new Problem(400, 'FORBIDDEN_CONTENT', found)
      next()
    },
  ]
}

/** The parser would take the last of two values and forget the first. What is no JSON it names itself. */
function refuseDuplicates(text: string): void {
  try {
    parseJson(text)
  } catch (error) {
    if (error instanceof DuplicateName)
      throw new Problem(400, 'DUPLICATE_NAME', `In the body ${error.message}.`)
  }
}

/** The parser would put U+FFFD where a byte is no UTF-8, and it would be published. */
function requireUtf8(bytes: Uint8Array, charset: string): string {
  if (charset !== 'utf-8') throw new Problem(415, 'UTF8_WANTED', `Send the body as UTF-8, not as ${charset}.`)
  const read = readUtf8(bytes)
  if ('text' in read) return read.text
  const { line, column, byte, message } = read.notUtf8
  throw new Problem(
    400,
    'NOT_UTF8',
    `Line ${line}, column ${column} (byte ${byte}) of the body: ${message}. Send JSON as UTF-8.`,
  )
}

/** How deep arrays and objects are nested, told from the bytes, before anything is built from them. */
export function depthOf(json: Uint8Array): number {
  let depth = 0
  let deepest = 0
  let inText = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]
    if (byte === 0x22) inText = !inText
    else if (inText) at += byte === 0x5c ? 1 : 0
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return deepest
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

function forbidden(value: unknown, path: string): string | undefined {
  if (typeof value === 'string' && value.includes('\0')) return `${path || 'The body'} holds a NUL character.`
  if (typeof value !== 'object' || value === null) return undefined
  for (const key of Object.keys(value)) {
    const inner = path ? `${path}.${key}` : key
    if (forbiddenKeys.has(key)) return `${inner}: this name is not allowed.`
    const found = forbidden((value as Record<string, unknown>)[key], inner)
    if (found) return found
  }
  return undefined
}
