/** Whether a process can do its work, and what it waits for while it cannot. */
export class Readiness {
  readonly #conditions: { what: string; isReady: () => boolean }[] = []
  #started = false

  started(): void {
    this.#started = true
  }

  when(what: string, isReady: () => boolean): void {
    this.#conditions.push({ what, isReady })
  }

  waitsFor(): string[] {
    const open = this.#conditions.filter(({ isReady }) => !isReady()).map(({ what }) => what)
    return this.#started ? open : ['the start', ...open]
  }
}
