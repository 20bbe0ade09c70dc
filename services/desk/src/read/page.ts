/** One page of a list; `next` is the cursor of the following one, null at the end. */
export interface Page<Item> {
  items: Item[]
  next: string | null
  total: number
}

export interface PageWanted {
  limit: number
  cursor?: string
}

/** Where a page ended: the value it is sorted by, and the key that tells equal ones apart. */
export type Cursor = readonly [sort: number, key: string]

export function cursorText(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Undefined when the text is no cursor of ours. */
export function parseCursor(text: string): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(value) && Number.isSafeInteger(value[0]) && typeof value[1] === 'string')
      return [value[0], value[1]]
  } catch {}
  return undefined
}

/** Splits rows that were read with one more than the limit. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  total: number,
  cursorOf: (row: Row) => Cursor,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(itemOf),
    next: rows.length > limit && last !== undefined ? cursorText(cursorOf(last)) : null,
    total,
  }
}
