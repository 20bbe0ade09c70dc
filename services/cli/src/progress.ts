import type { Terminal } from './terminal.ts'
import { duration } from './times.ts'

/** How far a piece of long work is. */
export interface Step {
  title: string
  /** Things done so far, for people to count. */
  done: number
  unit: string
  /** Part of the whole from 0 to 1; undefined while nobody knows. */
  part: number | undefined
  elapsedMs: number
}

const barWidth = 24
const redrawMs = 100
const lineMs = 5_000

/** `Sending  ██████░░░░  41 %  10,600 orders  4,210/s  4 s left` */
export function progressText({ title, done, unit, part, elapsedMs }: Step): string {
  const seconds = elapsedMs / 1000
  const rate = seconds > 0.5 ? `${count(Math.round(done / seconds))}/s` : ''
  if (part === undefined) return join(title, `${count(done)} ${unit}`, rate, duration(elapsedMs))
  const filled = Math.round(Math.min(part, 1) * barWidth)
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
  const left = part > 0.01 && part < 1 ? `${duration((elapsedMs * (1 - part)) / part)} left` : ''
  return join(title, bar, `${Math.floor(part * 100)} %`, `${count(done)} ${unit}`, rate, left)
}

export const count = (n: number): string => n.toLocaleString('en-GB')

const join = (...parts: string[]): string => parts.filter((part) => part !== '').join('  ')

/** Shows long work on stderr: one line that is written over for a person, a line every five seconds for a log. */
export class Progress {
  readonly #terminal: Terminal
  readonly #title: string
  readonly #unit: string
  readonly #now: () => number
  readonly #since: number
  #shownAt: number
  #last: Step | undefined

  constructor(terminal: Terminal, title: string, unit: string, now: () => number = Date.now) {
    this.#terminal = terminal
    this.#title = title
    this.#unit = unit
    this.#now = now
    this.#since = now()
    this.#shownAt = this.#since
  }

  set(done: number, part?: number): void {
    const now = this.#now()
    this.#last = { title: this.#title, unit: this.#unit, done, part, elapsedMs: now - this.#since }
    if (now - this.#shownAt < (this.#terminal.live ? redrawMs : lineMs)) return
    this.#shownAt = now
    this.#show(this.#terminal.live ? '' : '\n')
  }

  /** Leaves the last state standing, as done. */
  end(): void {
    if (!this.#last) return
    const elapsedMs = this.#now() - this.#since
    this.#last = { ...this.#last, elapsedMs, part: this.#last.part === undefined ? undefined : 1 }
    this.#show('\n')
  }

  #show(end: string): void {
    const text = progressText(this.#last as Step).slice(
      0,
      this.#terminal.live ? this.#terminal.columns - 1 : 500,
    )
    if (this.#terminal.live) this.#terminal.overwrite(`${text}${end}`)
    else this.#terminal.err(`${text}${end}`)
  }
}
