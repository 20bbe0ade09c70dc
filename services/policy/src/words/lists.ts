/** `Ann`, `Ann and Bob`, `Ann, Bob and Cy`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** So many names are said before the rest is only counted. */
const mostSaid = 8

/** The same for any number of names: `Ann, Bob, … and 12 more`. */
export function listedInShort(names: readonly string[], most = mostSaid): string {
  if (names.length <= most) return listed(names)
  return listed([...names.slice(0, most), `${names.length - most} more`])
}

/** `1 shift`, `2 shifts`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
