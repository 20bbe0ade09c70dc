import { readDay, readInstant } from '@holdpoint/schemas'
import { Misuse } from './failures.ts'

/** Milliseconds of an instant with its offset, such as 2026-03-02T09:30:00Z or 2026-03-02T10:30+01:00. */
export function instantIn(text: string): number {
  const read = readInstant(text)
  if ('atMs' in read) return read.atMs
  throw new Misuse(`"${text}": ${read.problem}; ${read.hint}.`)
}

/** Milliseconds of midnight UTC of the date that an option says, such as 2026-03-02. */
export function dayIn(option: string, text: string): number {
  const read = readDay(text)
  if ('day' in read) return read.day * 86_400_000
  throw new Misuse(`${option} "${text}": ${read.problem}; ${read.hint}.`)
}

/** `FROM/TO`, or `FROM/` for one that has not ended. */
export function periodIn(text: string): { from: number; to?: number } {
  const [from = '', to = '', ...others] = text.split('/')
  if (!text.includes('/') || others.length > 0)
    throw new Misuse(
      `"${text}" is no period: write FROM/TO, such as 2026-03-02T09:30:00Z/2026-03-02T11:00:00Z.`,
    )
  return to === '' ? { from: instantIn(from) } : { from: instantIn(from), to: instantIn(to) }
}

export const isoOf = (ms: number): string => new Date(ms).toISOString()
