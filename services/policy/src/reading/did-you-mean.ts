/** The known name nearest to what was written, if it is near enough to be meant. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const allowed = Math.max(1, Math.floor(written.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const name of known) {
    if (Math.abs(name.length - written.length) > allowed) continue
    const distance = editDistance(written.toLowerCase(), name.toLowerCase(), best?.distance ?? allowed)
    if (distance <= allowed && (!best || distance < best.distance)) best = { name, distance }
  }
  return best?.name
}

/** `did you mean "finance"?`, or the names there are. */
export function suggest(written: string, known: readonly string[]): string {
  const near = nearest(written, known)
  if (near) return `did you mean "${near}"?`
  return known.length === 0 ? 'there is none yet' : `there is ${listed(known)}`
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ')
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown
}

/** Optimal string alignment: insert, delete, replace, or swap two neighbours. Gives `most` + 1 for more than that. */
function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost)
      if (cost === 1 && i > 1 && j > 1 && isSwapped(a, b, i, j))
        least = Math.min(least, at(beforeLast, j - 2) + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

const isSwapped = (a: string, b: string, i: number, j: number): boolean =>
  a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]

const at = (row: readonly number[], index: number): number => row[index] as number
