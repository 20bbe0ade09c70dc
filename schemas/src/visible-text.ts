/**
 * What leaves no trace on a screen: blanks of all scripts, control and format characters (zero-width, bidirectional
 * marks), fillers, and what Unicode says is to be ignored where it is not known.
 */
const invisible = /[\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Whether there is nothing to be seen: a text of zero-width blanks says as little as none. */
export function isBlank(text: string): boolean {
  return text.replaceAll(invisible, '') === ''
}

/** A text that people read, cut behind so many characters; half a character, which cannot be written, is none. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…`.toWellFormed() : text
}

/** As `invisible`, but a plain blank within a text can be seen. */
const unshowable = /[^\P{White_Space} ]|[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u

/**
 * Why two people who look at this id, or open its address, might see different things; undefined when they cannot. It
 * goes behind the name of the id.
 */
export function idFault(id: string): string | undefined {
  if (isBlank(id)) return 'is empty: send an id.'
  if (id.trim() !== id) return 'has blanks at its ends: leave them out.'
  const [found] = unshowable.exec(id) ?? []
  if (found !== undefined)
    return `holds ${codePoint(found)}, which cannot be seen: leave out control characters, marks of direction and zero-width blanks.`
  if (id === '.' || id === '..') return `is "${id}", which no address can hold: use another id.`
  return undefined
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
}
