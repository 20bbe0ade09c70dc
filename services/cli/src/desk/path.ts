import { Misuse } from '../failures.ts'

/**
 * A path of the desk's API, each part encoded. A part that no address can hold is refused: what would be asked for
 * instead is another thing.
 */
export function deskPath(...parts: string[]): string {
  const lost = parts.find((part) => part === '' || part === '.' || part === '..')
  if (lost !== undefined)
    throw new Misuse(`"${lost}" is no id: no address can hold it, so that nothing is called by it.`)
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}
