import { textForSql } from '../database/rows.ts'

/** Collects conditions and their values; `?` stands for the value of its condition. */
export class Where {
  readonly values: unknown[] = []
  readonly #conditions: string[] = []

  add(condition: string, ...values: unknown[]): this {
    let used = 0
    this.#conditions.push(condition.replaceAll('?', () => this.value(values[used++])))
    return this
  }

  /** Adds a value and gives its placeholder. */
  value(value: unknown): string {
    this.values.push(typeof value === 'string' ? textForSql(value) : value)
    return `$${this.values.length}`
  }

  get clause(): string {
    return this.#conditions.length === 0 ? '' : `where ${this.#conditions.join(' and ')}`
  }
}

/** A pattern for `ilike` that finds the text anywhere, its wildcards taken literally. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}
