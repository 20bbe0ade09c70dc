import { type ParseArgsConfig, parseArgs } from 'node:util'
import { StackError } from './errors.ts'

/** The commands of package.json that take options; bootstrap/usage.mjs says which. */
export type CommandName = 'start' | 'dev' | 'check' | 'generate' | 'bench' | 'chaos' | 'simulate'
type Flags = NonNullable<ParseArgsConfig['options']>

/** The options that were given. Raises OPTION_INVALID that names what is none, and how to see all of them. */
export function readArguments<Options extends Flags>(
  command: CommandName,
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>['values'] {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as never
  } catch (error) {
    throw optionInvalid(command, (error as Error).message)
  }
}

/** A whole number of at least 1. Raises OPTION_INVALID. */
export function countIn(command: CommandName, option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw optionInvalid(command, `${option} is "${text}" and takes a whole number from 1 on.`)
}

export function optionInvalid(command: CommandName, what: string): StackError {
  const help = command === 'start' ? 'npm start -- --help' : `npm run ${command} -- --help`
  const sentence = what.endsWith('.') ? what : `${what}.`
  return new StackError('OPTION_INVALID', `${sentence} ${help} shows how to use it.`)
}

/** Reads options where nothing else has begun: a wrong one is told in a sentence, and the process ends with 2. */
export function orEnd<Read>(read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof StackError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(2)
  }
}
