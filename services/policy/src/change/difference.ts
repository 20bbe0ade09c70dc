/** Entries that only one of two lists has. */
export interface Difference<One> {
  gone: One[]
  added: One[]
}

/** Two entries with the same key are the same entry. */
export function difference<One>(
  before: readonly One[],
  after: readonly One[],
  key: (one: One) => string,
): Difference<One> {
  const was = new Set(before.map(key))
  const is = new Set(after.map(key))
  return {
    gone: before.filter((one) => !is.has(key(one))),
    added: after.filter((one) => !was.has(key(one))),
  }
}

/** Entries of two groups by name. */
export interface GroupDifference<One> {
  gone: [name: string, one: One][]
  added: [name: string, one: One][]
  /** Those that both have, in the order of the new group, whether or not they are the same. */
  kept: [name: string, was: One, is: One][]
}

export function groupDifference<One>(
  before: ReadonlyMap<string, One>,
  after: ReadonlyMap<string, One>,
): GroupDifference<One> {
  return {
    gone: [...before].filter(([name]) => !after.has(name)),
    added: [...after].filter(([name]) => !before.has(name)),
    kept: [...after].flatMap(([name, is]) => (before.has(name) ? [[name, before.get(name) as One, is]] : [])),
  }
}
