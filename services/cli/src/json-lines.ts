import { parseJson } from '@holdpoint/schemas'
import { Failure } from './failures.ts'
import { printableLines, type Terminal } from './terminal.ts'
import type { Line } from './text-file.ts'

/**
 * Answers JSON lines of stdin, a line each, in their order. A line that cannot be answered gets
 * `{"error":{"code","message"}}`; gives whether every line was answered.
 */
export async function answerLines(
  terminal: Terminal,
  answer: (question: Record<string, unknown>) => unknown,
): Promise<boolean> {
  let all = true
  let waiting: string[] = []
  const flush = () => {
    if (waiting.length > 0) terminal.out(printableLines(`${waiting.join('\n')}\n`))
    waiting = []
  }
  for await (const line of terminal.lines()) {
    if ('text' in line.read && line.read.text.trim() === '') continue
    const { text, isAnswer } = answerTo(line, answer)
    all &&= isAnswer
    waiting.push(text)
    if (waiting.length >= 500) flush()
  }
  flush()
  return all
}

function answerTo({ read }: Line, answer: (question: Record<string, unknown>) => unknown) {
  try {
    const question: unknown = parseJson(textOf(read))
    if (typeof question !== 'object' || question === null) throw new Error('The line is no JSON object.')
    return { text: JSON.stringify(answer(question as Record<string, unknown>)), isAnswer: true }
  } catch (error) {
    const { code = 'INVALID', message } = error as { code?: string; message: string }
    return { text: JSON.stringify({ error: { code, message } }), isAnswer: false }
  }
}

function textOf(read: Line['read']): string {
  if ('text' in read) return read.text
  const { column, message, hint } = read.notUtf8
  throw new Failure('NOT_UTF8', `Column ${column}: ${message}; ${hint}.`)
}
