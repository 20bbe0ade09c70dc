import { parseJson } from '@holdpoint/schemas'
import type { Terminal } from './terminal.ts'

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
    if (waiting.length > 0) terminal.out(`${waiting.join('\n')}\n`)
    waiting = []
  }
  for await (const line of terminal.lines()) {
    if (line.trim() === '') continue
    const { text, isAnswer } = answerTo(line, answer)
    all &&= isAnswer
    waiting.push(text)
    if (waiting.length >= 500) flush()
  }
  flush()
  return all
}

function answerTo(line: string, answer: (question: Record<string, unknown>) => unknown) {
  try {
    const question: unknown = parseJson(line)
    if (typeof question !== 'object' || question === null) throw new Error('The line is no JSON object.')
    return { text: JSON.stringify(answer(question as Record<string, unknown>)), isAnswer: true }
  } catch (error) {
    const { code = 'INVALID', message } = error as { code?: string; message: string }
    return { text: JSON.stringify({ error: { code, message } }), isAnswer: false }
  }
}
