import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Letter, Part, Preview } from '@holdpoint/policy/letters'
import type { MessagePart } from '@holdpoint/policy/message-forms'
import { Failure, Misuse } from '../failures.ts'
import { unwritable } from '../file-problems.ts'
import { eventsIn } from '../orders/event-file.ts'
import { policyIn } from '../policy/policy-file.ts'
import type { Session } from '../session.ts'

export interface PreviewOptions {
  order: string
  message?: string
  language?: string
  /** Folder for pages. */
  html?: string
}

/** Shows what customers would read by a policy: each letter, in each language, for one order. Nothing is sent. */
export async function previewNotices(
  session: Session,
  options: PreviewOptions,
  file?: string,
): Promise<void> {
  const { previews, languages } = await import('@holdpoint/policy/letters')
  const { revisionsOf } = await import('@holdpoint/policy')
  const policy = await policyIn(file as string)
  const revision = [...revisionsOf(eventsIn(options.order))].at(-1)
  if (!revision)
    throw new Failure('NO_ORDER', `${options.order} holds no event with an order in it, such as PLACED.`)
  const { order, orderId } = revision
  const all = previews(policy, order, { orderId, now: session.now() })
  known('message', options.message, new Set(all.map(({ message }) => message)))
  known('language', options.language, languages)
  const wanted = all.filter(
    ({ message, letter }) =>
      message === (options.message ?? message) && letter.language === (options.language ?? letter.language),
  )
  const written = await inForms(wanted)
  if (options.html !== undefined) writePages(options.html, written)
  session.show(
    written.map(({ html: _, ...preview }) => preview),
    () =>
      `${written.map(textOfPreview).join('\n')}${options.html === undefined ? '' : `\nAs pages in ${options.html}.\n`}`,
  )
}

type Written = Omit<Preview, 'letter'> & { language: string; subject: string; text: string; html: string }

async function inForms(wanted: readonly Preview[]): Promise<Written[]> {
  const { htmlOf, textOf } = await import('@holdpoint/policy/message-forms')
  return wanted.map(({ message, when, letter }) => {
    const { language, subject } = letter
    const parts = partsOf(letter)
    return {
      message,
      when,
      language,
      subject,
      text: textOf({ parts }),
      html: htmlOf({ language, subject, parts }),
    }
  })
}

const partsOf = ({ parts }: Letter): MessagePart[] => parts.map(partOf)

/** Links are made where they are signed; here is where one will be. */
function partOf({ kind, text }: Part): MessagePart {
  switch (kind) {
    case 'FACT': {
      const [label = '', ...value] = text.split('\t')
      return { kind: 'fact', label, value: value.join(' ') }
    }
    case 'ANSWER_LINK':
      return { kind: 'link', text, url: 'https://…/answer/…' }
    case 'TEXT':
      return { kind: 'text', text }
    case 'QUOTE':
      return { kind: 'quote', text }
    case 'SIGNATURE':
      return { kind: 'signature', text }
    default:
      return kind satisfies never
  }
}

const textOfPreview = ({ message, when, language, subject, text }: Written): string =>
  `── ${message}, ${when} (${language})\n${subject}\n\n${text}`

function writePages(folder: string, written: readonly Written[]): void {
  try {
    mkdirSync(folder, { recursive: true })
    for (const { message, when, language, html } of written)
      writeFileSync(join(folder, `${message}.${language}.${when.replaceAll(/[^a-z]+/g, '-')}.html`), html)
  } catch (cause) {
    throw unwritable(folder, cause)
  }
}

function known(
  what: string,
  said: string | undefined,
  all: { has(name: string): boolean; keys(): Iterable<string> },
): void {
  if (said === undefined || all.has(said)) return
  throw new Misuse(`There is no ${what} "${said}": ${[...all.keys()].join(', ')}.`)
}
