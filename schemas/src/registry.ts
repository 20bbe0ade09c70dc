/** The one place that talks to the schema registry, in the language of Confluent's, which all of them speak. */
import { catalogue, type Topic, type TopicName } from './catalogue.ts'
import { RegistryAway, RegistryRefused, Undecodable } from './errors.ts'
import type { AvroJson } from './load.ts'

export interface Registry {
  /** Makes the schema known for the topic and gives its id. Rejects with RegistryAway or RegistryRefused. */
  register(topic: TopicName, schema: AvroJson): Promise<number>
  /**
   * The Avro schema of an id, with those that it refers to; undefined when the registry says that there is none. Rejects
   * with RegistryAway when it says nothing of the id, and with Undecodable when what it says is of no use.
   */
  find(id: number): Promise<FoundSchema | undefined>
}

export interface FoundSchema {
  schema: unknown
  /** What it refers to, each behind what that refers to. */
  references: readonly unknown[]
}

/**
 * Where the product keeps its own schema of a topic. To where upstream publishes, upstream may register what it writes:
 * the product's next version is not to be measured by that, so it has a subject that no naming strategy gives.
 */
export function subjectOf(topic: TopicName): string {
  const { writer }: Topic = catalogue[topic]
  return writer === 'upstream' ? `holdpoint.${topic}` : `${topic}-value`
}

const compatibility = 'BACKWARD_TRANSITIVE'
const answerWithinMs = 5_000
const tries = 3
/** More are no schema that somebody keeps by hand; each is a question to the registry. */
const maxReferences = 100
const maxSchemaLength = 1_000_000
/** Answers to who asks, or how often, and not to what was asked. */
const aboutTheAsker = [401, 407, 408, 425, 429]

interface Answer {
  status: number
  /** Undefined when it is not JSON. */
  body: Json | undefined
}
type Json = Record<string, unknown>
type Reference = { subject?: unknown; version?: unknown }

export function connectRegistry(url: string): Registry {
  const ask = (path: string, init?: { method: string; body: Json }) => askRegistry(url, path, init)
  return {
    async register(topic, schema) {
      const subject = subjectOf(topic)
      const config = await ask(`/config/${encodeURIComponent(subject)}`)
      requireCompatibility(subject, config)
      const body = { schema: JSON.stringify(schema) }
      const answer = await ask(`/subjects/${encodeURIComponent(subject)}/versions`, { method: 'POST', body })
      const id = answer.body?.id
      if (answer.status !== 200 || typeof id !== 'number') throw new RegistryRefused(subject, said(answer))
      if (config.status === 404)
        await ask(`/config/${encodeURIComponent(subject)}`, { method: 'PUT', body: { compatibility } })
      return id
    },
    async find(id) {
      const answer = await ask(`/schemas/ids/${id}`)
      return answer.status === 404 ? undefined : schemaIn(answer, `schema ${id}`, ask, new Set())
    },
  }
}

type Ask = (path: string) => Promise<Answer>

async function schemaIn(answer: Answer, what: string, ask: Ask, known: Set<string>): Promise<FoundSchema> {
  const { schema, schemaType = 'AVRO', references = [] } = answer.body ?? {}
  if (answer.status !== 200 || typeof schema !== 'string')
    throw unusable(`the registry gives no ${what}: ${said(answer)}`)
  if (schemaType !== 'AVRO')
    throw unusable(`${what} of the registry is ${called(schemaType)}, and only Avro is read`)
  if (schema.length > maxSchemaLength)
    throw unusable(`${what} of the registry has ${schema.length} characters, ${maxSchemaLength} are read`)
  const found: unknown[] = []
  for (const reference of Array.isArray(references) ? (references as Reference[]) : []) {
    const path = `/subjects/${encodeURIComponent(String(reference.subject))}/versions/${Number(reference.version)}`
    if (known.has(path)) continue
    known.add(path)
    if (known.size > maxReferences) throw unusable(`${what} refers to more than ${maxReferences} others`)
    const inner = await schemaIn(
      await ask(path),
      `${reference.subject}, which ${what} refers to,`,
      ask,
      known,
    )
    found.push(...inner.references, inner.schema)
  }
  return { schema: parsed(schema, what), references: found }
}

function parsed(schema: string, what: string): unknown {
  try {
    return JSON.parse(schema)
  } catch {
    // Avro lets a primitive stand without quotation marks.
    if (/^[a-z]+$/.test(schema)) return schema
    throw unusable(`${what} of the registry is not JSON`)
  }
}

const unusable = (what: string) => new Undecodable('INCOMPATIBLE_SCHEMA', what)
const called = (type: unknown): string => (type === 'JSON' ? 'a JSON Schema' : String(type))

async function askRegistry(
  url: string,
  path: string,
  init?: { method: string; body: Json },
): Promise<Answer> {
  for (let failed = 1; ; failed++) {
    try {
      return await answerOf(url, path, init)
    } catch (error) {
      if (failed === tries) throw new RegistryAway(url, error)
    }
  }
}

/** Rejects when the registry says nothing of what was asked. */
async function answerOf(url: string, path: string, init?: { method: string; body: Json }): Promise<Answer> {
  const { at, headers } = placeOf(url)
  const response = await fetch(at + path, {
    ...(init ? { method: init.method, body: JSON.stringify(init.body) } : {}),
    headers: { ...headers, 'content-type': 'application/vnd.schemaregistry.v1+json' },
    signal: AbortSignal.timeout(answerWithinMs),
  })
  const answer = { status: response.status, body: jsonIn(await response.text()) }
  // A 404 of the registry itself has its code; that of a proxy in front of it, or of another server, has none.
  const isElsewhere = answer.status === 404 && typeof answer.body?.error_code !== 'number'
  if (answer.status >= 500 || aboutTheAsker.includes(answer.status) || isElsewhere)
    throw new Error(`it answers ${said(answer)}`)
  return answer
}

/** The address may name who asks, as http://user:password@host, which fetch takes in a header only. */
function placeOf(url: string): { at: string; headers: Record<string, string> } {
  const place = new URL(url)
  const { username, password } = place
  place.username = ''
  place.password = ''
  const asker = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers = username ? { authorization: `Basic ${Buffer.from(asker).toString('base64')}` } : {}
  return { at: place.href.replace(/\/$/, ''), headers: headers as Record<string, string> }
}

function jsonIn(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

function said({ status, body }: Answer): string {
  return `${status}${typeof body?.message === 'string' ? `, ${body.message.slice(0, 300)}` : ''}`
}

/** A subject without a setting of its own gets ours when its first schema is there. */
function requireCompatibility(subject: string, { status, body }: Answer): void {
  if (status === 404) return
  const kept = String(body?.compatibilityLevel ?? '').toUpperCase()
  if (kept !== compatibility)
    throw new RegistryRefused(subject, `it keeps ${kept || 'another'} and not ${compatibility}`)
}
