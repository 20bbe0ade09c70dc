import type { AuditEntry } from '@holdpoint/schemas'

const columns = [
  ...([
    'partition',
    'sequence',
    'at',
    'when',
    'who',
    'what',
    'why',
    'orderId',
    'caseId',
    'ruleVersion',
  ] as const),
  ...(['kind', 'topic', 'recordPartition', 'firstOffset', 'lastOffset', 'count', 'hash'] as const),
  ...(['previous', 'entryHash'] as const),
] satisfies (keyof AuditEntry)[]

export const csvHeader = columns.join(',')

/** One entry, RFC 4180. Instants are ISO 8601. */
export const csvLine = (entry: AuditEntry): string =>
  columns
    .map((column) => {
      const value = entry[column]
      if (column === 'at' || column === 'when') return new Date(value as number).toISOString()
      return typeof value === 'number' ? String(value) : cell(value)
    })
    .join(',')

/** What a spreadsheet takes for the beginning of a formula, blanks and quotes before it included. */
const formula = /^[\s'"]*[=+\-@|%]|^[\t\r\n]/

/** Text that a spreadsheet would run gets an apostrophe before it, which keeps it text. */
function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
