import { parseArgs } from 'node:util'

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

const usage = `npm run chaos -- [--events N] [--kills N] [--seed N] [--json FILE] [--keep FOLDER] [--generated] [--short]

  --events N     order events that flow meanwhile (20000)
  --kills N      times that a service or the broker is killed (40); Redis is flushed besides
  --seed N       the same number gives the same victims and the same decisions of people (1)
  --json FILE    where the result goes as JSON (.holdpoint/chaos/result.json)
  --keep FOLDER  keeps the records of all topics there, to be checked again
  --generated    generated orders, also where the real invoices are there
  --short        the run of npm test: 600 events, 10 kills`

export function readOptions(): ChaosOptions {
  const { values } = parseArgs({
    options: {
      events: { type: 'string' },
      kills: { type: 'string' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
      keep: { type: 'string' },
      generated: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    process.exit(0)
  }
  const { short, json, keep, generated } = values
  return {
    events: count(values.events ?? (short ? '600' : '20000'), '--events'),
    kills: count(values.kills ?? (short ? '10' : '40'), '--kills'),
    seed: count(values.seed, '--seed'),
    json,
    keep,
    generated,
  }
}

function count(text: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  process.stderr.write(`${option} takes a whole number above 0, not "${text}".\n\n${usage}\n`)
  return process.exit(2)
}
