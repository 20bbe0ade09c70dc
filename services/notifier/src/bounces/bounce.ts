import { createHash } from 'node:crypto'
import type { Instant, NoticeBounce } from '@holdpoint/schemas'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { readAbout, type Seal } from '../channels/email/about.ts'
import { cut } from '../cut.ts'
import { oneLine } from '../render.ts'

const statusTypes = ['message/delivery-status', 'message/global-delivery-status']
const originalTypes = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']

/**
 * What a mail that came in tells of one of ours that came back: a delivery status notification (RFC 3464) that says
 * `failed` and brings our headers with their seal. Undefined for every other mail, such as a report of a mere delay.
 */
export async function bounceOf(
  bytes: Uint8Array,
  seal: Seal,
  now: Instant,
): Promise<NoticeBounce | undefined> {
  const report = await parse(bytes)
  const status = report && partOf(report, statusTypes)
  const original = report && partOf(report, originalTypes)
  if (status === undefined || original === undefined) return undefined
  const failed = groupsOf(status).find((fields) => fields.get('action')?.toLowerCase() === 'failed')
  const header = (await parse(original))?.headers.find(({ key }) => key === 'x-holdpoint-notice')
  const about = header && readAbout(header.value, seal)
  if (!failed || !about) return undefined
  const code = failed.get('status') ?? ''
  return {
    bounceId: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    ...about,
    to: cut(withoutType(failed.get('final-recipient')), 300),
    permanent: code.startsWith('5'),
    status: cut(code, 20),
    detail: cut(withoutType(failed.get('diagnostic-code')), 500),
    at: now,
  }
}

async function parse(mail: Uint8Array | string): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(mail, { forceRfc822Attachments: true, attachmentEncoding: 'utf8' })
  } catch {
    return undefined
  }
}

function partOf({ attachments }: Email, types: readonly string[]): string | undefined {
  const part = attachments.find(({ mimeType }: Attachment) => types.includes(mimeType))
  return typeof part?.content === 'string' ? part.content : undefined
}

/** Groups of fields with blank lines between them: the first is about the report, each other about an address. */
function groupsOf(status: string): Map<string, string>[] {
  const unfolded = status.replaceAll('\r\n', '\n').replaceAll(/\n[ \t]+/g, ' ')
  return unfolded.split(/\n{2,}/).map((group) => {
    const fields = group.split('\n').map((line): [string, string] => {
      const [name = '', ...value] = line.split(':')
      return [name.trim().toLowerCase(), oneLine(value.join(':'))]
    })
    return new Map(fields)
  })
}

/** `rfc822; mara@example.com` without its type. */
function withoutType(field = ''): string {
  return field.replace(/^[\w-]+\s*;\s*/, '')
}
