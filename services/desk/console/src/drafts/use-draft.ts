import { useRef, useState } from 'react'
import type { Attempt } from '../api/attempt.ts'
import { createShelf, type Shelf, type ShelfKey } from './shelf.ts'

export const shelf: Shelf = createShelf(localStorage)

/** A form as it is kept: what is written in it, whether it was open, and what was sent without an answer so far. */
export interface Kept<T> {
  value: T
  isOpen: boolean
  attempt: Attempt | null
}

/** What a form knows of its attempt to send. */
export interface Sending {
  attempt: Attempt | null
  /** Null: it was answered. */
  attempting(attempt: Attempt | null): void
}

export interface KeptDraft<T> extends Sending {
  value: T
  /** It was there before this form was opened. */
  wasKept: boolean
  change(part: Partial<T>): void
  /** The form closes; what is written in it stays. */
  close(): void
  /** What is written is done with. */
  clear(): void
}

/**
 * What a person writes in one form, kept in the browser until it was carried out or they throw it away. A component
 * that changes to another form is another one: give it a `key`.
 */
export function useDraft<T extends object>(key: ShelfKey, empty: T): KeptDraft<T> {
  const [kept, setKept] = useState(() => keptOn(key, empty))
  const [wasKept] = useState(kept.isOpen || isWritten(kept, empty))
  const latest = useRef(kept)
  const show = (next: Kept<T>) => {
    latest.current = next
    setKept(next)
  }
  const put = (part: Partial<Kept<T>>) => {
    show({ ...latest.current, ...part })
    if (isWritten(latest.current, empty)) shelf.put(key, latest.current)
    else shelf.drop(key)
  }
  return {
    value: kept.value,
    attempt: kept.attempt,
    wasKept,
    attempting: (attempt) => put({ attempt, isOpen: true }),
    change: (part) => put({ value: { ...latest.current.value, ...part }, isOpen: true }),
    close: () => put({ isOpen: false }),
    clear: () => {
      show({ value: empty, isOpen: false, attempt: null })
      shelf.drop(key)
    },
  }
}

function keptOn<T extends object>(key: ShelfKey, empty: T): Kept<T> {
  const { value, isOpen, attempt } = (shelf.get(key) ?? {}) as Partial<Kept<T>>
  return { value: { ...empty, ...value }, isOpen: isOpen === true, attempt: attempt ?? null }
}

const isWritten = <T extends object>({ value, attempt }: Kept<T>, empty: T): boolean =>
  attempt !== null || JSON.stringify(value) !== JSON.stringify(empty)
