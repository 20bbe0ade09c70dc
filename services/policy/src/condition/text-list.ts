/** Looking through a list so many times costs about as much as making a set of it. */
const mostSearches = 8

/** A list of texts that is asked, seldom or again and again, whether it holds one. */
export class TextList {
  readonly texts: readonly string[]
  #searches = 0
  #set: ReadonlySet<string> | undefined

  constructor(texts: readonly string[]) {
    this.texts = texts
  }

  has(text: string): boolean {
    if (this.#set) return this.#set.has(text)
    if (++this.#searches > mostSearches) this.#set = new Set(this.texts)
    return this.texts.includes(text)
  }
}
