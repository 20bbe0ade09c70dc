/** So many numbers of an order's revisions, events or decisions may be missing before one: they were refused somewhere. */
export const mostMissing = 100

/** No order comes so far; where none is known, older ones may have been deleted. */
const highestFirst = 1_000_000

/** Whether a record of an order can have this number when the last one that is known had `last`; 0 for none. */
export function canFollow(number: number, last: number): boolean {
  return number >= 1 && number <= (last === 0 ? highestFirst : last + mostMissing)
}
