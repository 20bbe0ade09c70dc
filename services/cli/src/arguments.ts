import { InvalidArgumentError } from 'commander'

/** Parsers of option values; what they raise is told as a wrong use, with exit code 2. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}

export function anyWholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value
  throw new InvalidArgumentError('It must be a whole number of at least 0.')
}

export function positiveNumber(text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}

export function capitalLetter(text: string): string {
  if (/^[A-Z]$/.test(text)) return text
  throw new InvalidArgumentError('It must be a letter from A to Z.')
}

export interface Setting {
  path: string
  value: string
}

/** `--set path=value`, as often as wanted. */
export function settings(text: string, before: Setting[] = []): Setting[] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It must be path=value, such as shipping.city=Boston.')
  return [...before, { path: text.slice(0, at), value: text.slice(at + 1) }]
}
