import { Misuse } from './failures.ts'

/** Milliseconds of an instant with its offset, such as 2026-03-02T09:30:00Z or 2026-03-02T10:30+01:00. */
export function instantIn(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new Misuse(`"${text}" is no instant: write it with its offset, such as 2026-03-02T09:30:00Z.`)
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
