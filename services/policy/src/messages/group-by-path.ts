export interface Group {
  [name: string]: string | Group
}

/** Turns dotted paths (`order.id` → …) into nested values for a template. A name is a value or a group, never both. */
export function groupByPath(data: {
  readonly [path: string]: string
}): { values: Group } | { problem: string } {
  const values = emptyGroup()
  for (const [path, value] of Object.entries(data)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const group = descend(values, names)
    if (!group || last in group) return { problem: `The data has "${path}" both as a value and as a group.` }
    group[last] = value
  }
  return { values }
}

function descend(group: Group, [name, ...rest]: string[]): Group | undefined {
  if (name === undefined) return group
  group[name] ??= emptyGroup()
  const next = group[name]
  return typeof next === 'string' ? undefined : descend(next, rest)
}

/** Without a prototype, so that no path can reach one. */
function emptyGroup(): Group {
  return Object.create(null) as Group
}
