import { useEffect } from 'react'

/** What the browser's tab says: the page's own words first. */
export function useTitle(...parts: (string | false | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'Holdpoint'].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
