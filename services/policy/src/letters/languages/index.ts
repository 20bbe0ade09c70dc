import type { Phrases } from '../phrases.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { french } from './fr.ts'

/** The languages that letters are written in. A new one is a file and a line here. */
export const languages: ReadonlyMap<string, Phrases> = new Map([
  ['en', english],
  ['de', german],
  ['fr', french],
])

/** Who speaks none of them is written to in this one. */
export const standIn = 'en'
