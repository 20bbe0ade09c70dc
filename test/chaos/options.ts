import { countIn, orEnd, readArguments } from '@holdpoint/local'

export interface ChaosOptions {
  /** Order events to send. */
  events: number
  /** SIGKILLs of services and of the broker; Redis is flushed besides. */
  kills: number
  seed: number
  /** Where the result goes as JSON. */
  json: string | undefined
  /** Folder in which the recorded topics are kept. */
  keep: string | undefined
  /** Generated orders even where the real ones are there. */
  generated: boolean
}

const flags = {
  events: { type: 'string' },
  kills: { type: 'string' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  keep: { type: 'string' },
  generated: { type: 'boolean', default: false },
  short: { type: 'boolean', default: false },
} as const

/** A wrong option ends the process. */
export const readOptions = (args = process.argv.slice(2)): ChaosOptions => orEnd(() => optionsIn(args))

function optionsIn(args: readonly string[]): ChaosOptions {
  const values = readArguments('chaos', args, flags)
  const count = (text: string, option: string) => countIn('chaos', option, text)
  const { short = false, json, keep, generated = false } = values
  return {
    events: count(values.events ?? (short ? '600' : '20000'), '--events'),
    kills: count(values.kills ?? (short ? '10' : '40'), '--kills'),
    seed: count(values.seed, '--seed'),
    json,
    keep,
    generated,
  }
}
