/** Where texts stay in the browser; `localStorage` is one. Each may throw: when it is full, or forbidden. */
export type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** Whose words, about what, in which form. */
export interface ShelfKey {
  person: string
  /** A case, an order, or a page. */
  about: string
  action: string
}

/** Keeps what people have begun to write, in the browser that they write in. */
export interface Shelf {
  /** Undefined for what was never there, or is too old. */
  get(key: ShelfKey): unknown
  put(key: ShelfKey, value: object): void
  drop(key: ShelfKey): void
  /** What a person has begun about something: the forms, the last one first. */
  begun(person: string, about: string): { action: string; value: unknown }[]
}

const prefix = 'holdpoint.draft '
const day = 86_400_000

/** Nobody comes back to more; the oldest go first. Lengths are in characters. */
export const limits = { entries: 60, length: 200_000, keptMs: 14 * day }

interface Entry {
  at: number
  value: object
}

export function createShelf(storage: Storage, now: () => number = Date.now): Shelf {
  const read = (name: string) => entryIn(storage, name, now())
  const entries = () =>
    namesIn(storage)
      .flatMap((name) => {
        const entry = read(name)
        return entry ? [{ name, ...entry }] : []
      })
      .toSorted((a, b) => b.at - a.at)
  const makeRoom = () => {
    for (const { name } of entries().slice(limits.entries)) attempt(() => storage.removeItem(name))
  }
  return {
    get: (key) => read(nameOf(key))?.value,
    put(key, value) {
      const text = JSON.stringify({ at: now(), value } satisfies Entry)
      if (text.length > limits.length) return
      if (!attempt(() => storage.setItem(nameOf(key), text))) {
        const oldest = entries().at(-1)
        if (oldest) attempt(() => storage.removeItem(oldest.name))
        attempt(() => storage.setItem(nameOf(key), text))
      }
      makeRoom()
    },
    drop: (key) => void attempt(() => storage.removeItem(nameOf(key))),
    begun: (person, about) =>
      entries().flatMap(({ name, value }) => {
        const key = keyOf(name)
        return key?.person === person && key.about === about ? [{ action: key.action, value }] : []
      }),
  }
}

const nameOf = ({ person, about, action }: ShelfKey): string =>
  prefix + JSON.stringify([person, about, action])

function keyOf(name: string): ShelfKey | undefined {
  const read = parsed(name.slice(prefix.length))
  const [person, about, action] = Array.isArray(read) ? (read as string[]) : []
  return person && about && action ? { person, about, action } : undefined
}

function namesIn(storage: Storage): string[] {
  const names: string[] = []
  attempt(() => {
    for (let index = 0; index < storage.length; index++) {
      const name = storage.key(index)
      if (name?.startsWith(prefix)) names.push(name)
    }
  })
  return names
}

/** What is too old, or not ours, is taken out. */
function entryIn(storage: Storage, name: string, now: number): Entry | undefined {
  let text: string | null = null
  attempt(() => {
    text = storage.getItem(name)
  })
  if (text === null) return undefined
  const { at, value } = parsed(text) as Partial<Entry>
  if (typeof at === 'number' && at > now - limits.keptMs && typeof value === 'object' && value)
    return { at, value }
  attempt(() => storage.removeItem(name))
  return undefined
}

/** `{}` for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

/** False when it failed: without storage, what is written lives as long as the page. */
function attempt(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
