const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A text of at most so many characters as people count them, in any script, with an ellipsis for what was left out. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  let [kept, count] = ['', 0]
  for (const { segment } of graphemes.segment(text)) {
    if (++count > most) return `${kept.trimEnd()}…`
    kept += segment
  }
  return text
}
