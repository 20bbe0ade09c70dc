/** The same function, which works each answer out once. For facts that never change, and keys that are few. */
export function remembered<Key, Value extends {}>(workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = workOut(key)
    known.set(key, value)
    return value
  }
}
