import { useState } from 'react'

/** The value, or the last one that there was: a sign-in that ends takes no open form away. */
export function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}
