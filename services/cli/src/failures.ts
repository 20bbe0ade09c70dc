import { UnreadableInvoices } from '@holdpoint/orders/errors'

/** The answer is no, or something failed: exit code 1. The message says what happened, where, and what to do. */
export class Failure extends Error {
  readonly code: string

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'Failure'
    this.code = code
  }
}

/** The command was used wrongly: exit code 2. */
export class Misuse extends Error {
  readonly code = 'MISUSE'
  override readonly name = 'Misuse'
}

/** Codes of the desk's API for a name that there is not: it was written wrongly on the command line. */
const wrongNames: ReadonlySet<string> = new Set([
  'UNKNOWN_PERSON',
  'UNKNOWN_ROLE',
  'UNKNOWN_TYPE',
  'UNKNOWN_SERVICE',
])

export function exitCodeOf(error: unknown): 1 | 2 {
  const { code } = error as { code?: string }
  const isWronglyUsed = error instanceof Misuse || (error instanceof UnreadableInvoices && code === 'MISUSE')
  return isWronglyUsed || (error instanceof Failure && wrongNames.has(error.code)) ? 2 : 1
}

export interface Told {
  code: string
  message: string
}

/** What people are told of an error, whatever it is. */
export function toldOf(error: unknown): Told {
  const { code, message, syscall, name } = error as NodeJS.ErrnoException
  if (typeof code === 'string' && typeof syscall === 'string')
    return { code, message: systemText(error as NodeJS.ErrnoException) }
  // Everything of ours that is thrown has a literal code; what has none, or is of Node's own kinds, nobody thought of.
  if (typeof code === 'string' && !code.startsWith('ERR_') && !broken.has(name)) return { code, message }
  return { code: 'UNEXPECTED', message: unexpectedText(error) }
}

const broken: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'])

const systemCauses: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EROFS: 'the disk can only be read',
  EACCES: 'this account may not',
  EPERM: 'this account may not',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  EEXIST: 'a file has that name already',
  ENAMETOOLONG: 'its name is too long',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it broke off',
  ETIMEDOUT: 'it does not answer',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'names of hosts cannot be looked up now',
}

function systemText({ code = '', message, path, syscall }: NodeJS.ErrnoException): string {
  const cause = systemCauses[code]
  if (cause === undefined) return message
  return path === undefined ? `The system says no to ${syscall}: ${cause}.` : `${path}: ${cause}.`
}

function unexpectedText(error: unknown): string {
  const said = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
  return (
    `holdpoint itself has a fault that nobody thought of: ${said}. Run it once more with --debug, and report what ` +
    'it prints to where you have Holdpoint from.'
  )
}

/** The error with its stack and its causes. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`
  const cause = error.cause === undefined ? '' : `caused by ${detailsOf(error.cause)}`
  return `${error.stack ?? error.message}\n${cause}`
}
