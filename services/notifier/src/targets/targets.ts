import { z } from 'zod'

/** Where messages of a chat or to another system go. Its address is as secret as a password. */
export interface Target {
  name: string
  kind: TargetKind
  url: URL
  /** Keys that sign what goes there, the newest first; the receiver may know any of them. Empty for a chat. */
  secrets: readonly Buffer[]
  /** It may lie in a private network, or on this machine. */
  isPrivate: boolean
}

export type TargetKind = 'slack' | 'teams' | 'webhook'
export type Targets = ReadonlyMap<string, Target>

const entry = z.strictObject({
  kind: z.enum(['slack', 'teams', 'webhook'], 'is one of slack, teams, webhook'),
  url: z.string().optional(),
  'url-file': z.string().optional(),
  secret: z.string().optional(),
  'secret-file': z.string().optional(),
  secrets: z.array(z.string()).optional(),
  'secret-files': z.array(z.string()).optional(),
  private: z.boolean('is true or false').default(false),
  insecure: z.boolean('is true or false').default(false),
})
type Entry = z.infer<typeof entry>

/**
 * The targets that a file names, or everything that is wrong with it, one sentence each. Sentences hold no address and no
 * secret. `read`: the text of a file that an entry names, or undefined when it cannot be read.
 */
export function targetsOf(
  value: unknown,
  read: (file: string) => string | undefined,
): { targets: Targets } | { problems: string[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problems: ['It names no targets: write each as a name with its kind and url.'] }
  const targets = new Map<string, Target>()
  const problems: string[] = []
  for (const [name, written] of Object.entries(value)) {
    const target = targetOf(name, written, read)
    if (Array.isArray(target)) problems.push(...target.map((problem) => `${JSON.stringify(name)} ${problem}`))
    else targets.set(name, target)
  }
  return problems.length > 0 ? { problems } : { targets }
}

type Read = (file: string) => string | undefined

function targetOf(name: string, written: unknown, read: Read): Target | string[] {
  const shaped = entry.safeParse(written)
  const problems = /^[a-z0-9][a-z0-9-]{0,63}$/.test(name)
    ? []
    : ['is no name of a target: use up to 64 small letters, digits and hyphens.']
  if (!shaped.success)
    return [...problems, ...shaped.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`)]
  const url = urlOf(shaped.data, read)
  const secrets = secretsOf(shaped.data, read)
  if (typeof url === 'string') problems.push(url)
  if (typeof secrets === 'string') problems.push(secrets)
  if (problems.length > 0 || typeof url === 'string' || typeof secrets === 'string') return problems
  const { kind, private: isPrivate } = shaped.data
  return { name, kind, url, secrets, isPrivate }
}

function urlOf({ url, 'url-file': file, insecure }: Entry, read: Read): URL | string {
  if ((url === undefined) === (file === undefined)) return 'has to have either url or url-file.'
  const text = (url ?? read(file as string))?.trim()
  if (text === undefined) return 'has a url-file that cannot be read.'
  const parsed = URL.canParse(text) ? new URL(text) : undefined
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return 'has a url that is no https address.'
  if (parsed.username || parsed.password) return 'has a url with a user or password in it, which is not sent.'
  if (parsed.protocol === 'http:' && !insecure)
    return 'has a url without TLS: use https, or say insecure: true on a laptop.'
  return parsed
}

function secretsOf(written: Entry, read: Read): Buffer[] | string {
  const { kind, secret, secrets = [], 'secret-file': file, 'secret-files': files = [] } = written
  const texts = [
    ...(secret === undefined ? [] : [secret]),
    ...secrets,
    ...[...(file === undefined ? [] : [file]), ...files].map(read),
  ]
  if (kind !== 'webhook') return texts.length > 0 ? `has a secret, which a chat (${kind}) does not take.` : []
  if (texts.length === 0)
    return 'has no secret: a webhook needs secret, secrets, secret-file or secret-files.'
  const keys = texts.map((text) => (text === undefined ? undefined : keyOf(text.trim())))
  const wrong = keys.indexOf(undefined)
  if (wrong >= 0)
    return `has a secret (number ${wrong + 1}) that cannot be read, or is not whsec_ and 24 to 64 bytes in base64.`
  return keys as Buffer[]
}

function keyOf(text: string): Buffer | undefined {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1]
  const key = base64 === undefined ? undefined : Buffer.from(base64, 'base64')
  return key && key.length >= 24 && key.length <= 64 ? key : undefined
}
