import { generateKeyPairSync } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type MemoryPublisher, memoryPublisher } from '@holdpoint/chassis/testing'
import type { CaseEvent, Command, TopicName } from '@holdpoint/schemas'
import express from 'express'
import { mountDesk } from '../api/app.ts'
import type { Database } from '../database/port.ts'
import { createDesk, type Desk } from '../desk.ts'
import { createTokens } from '../sign-in/tokens.ts'
import { empty } from './databases.ts'
import { recordsOf, t0 } from './messages.ts'

/** The notifier's. */
export const answerKeys = generateKeyPairSync('ed25519')

export interface Answered<Body = Record<string, unknown>> {
  status: number
  headers: Headers
  body: Body
}

/** A desk on a socket of its own, with a read model that a test fills and topics that stay in memory. */
export interface ApiWorld {
  url: string
  desk: Desk
  published: MemoryPublisher
  /** Puts values into the read model as if they had been read from their topic. */
  bring(topic: TopicName, entries: readonly { key: string; value: unknown }[]): Promise<void>
  /** What the router says to each command from now on; without it commands stay unanswered. */
  router(answer: (command: Command) => CaseEvent[]): void
  call(method: string, path: string, options?: CallOptions): Promise<Answered>
  /** Headers of a person who is signed in. */
  as(subject: string): Promise<Record<string, string>>
  close(): Promise<void>
}

export interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
}

export async function apiWorld(
  database: Database,
  { caughtUp = true, deskUrl = '', consoleFolder = '/nowhere' } = {},
): Promise<ApiWorld> {
  await empty(database)
  const published = memoryPublisher()
  const desk = createDesk({
    database,
    tokens: createTokens(Buffer.alloc(32, 7)),
    publisher: async () => echo,
    deskUrl: deskUrl || undefined,
    answerKeys: async () => [answerKeys.publicKey],
    orderIdIn: async (_topic, value) => /SO-\d+/.exec(value.toString())?.[0],
    now: () => t0,
    onLeftOut: () => {},
  })
  if (caughtUp) desk.following.onCaughtUp?.()

  const offsets = new Map<TopicName, number>()
  const bring: ApiWorld['bring'] = async (topic, entries) => {
    const from = offsets.get(topic) ?? 0
    offsets.set(topic, from + entries.length)
    await desk.following.onBatch(topic as never, 0, recordsOf(topic, entries as never, { from }) as never)
  }
  let answer: (command: Command) => CaseEvent[] = () => []
  const echo = {
    ...published,
    send: async (topic: TopicName, records: readonly { key: string; value: unknown }[]) => {
      await published.send(topic, records as never)
      if (topic !== 'desk.commands.v1') await bring(topic, records)
      for (const event of topic === 'desk.commands.v1' ? answer(records[0]?.value as Command) : [])
        await bring('cases.events.v1', [{ key: event.orderId, value: event }])
    },
  } as MemoryPublisher

  const app = express()
  const pages = mountDesk(app, {
    deskUrl: desk.parts.deskUrl,
    consoleFolder,
    onFailure: (error) => console.error(error),
  })
  pages.serve(desk.parts)
  const server = await listen(app)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const call: ApiWorld['call'] = (method, path, options) => send(url, method, path, options)
  return {
    url,
    desk,
    published,
    bring,
    call,
    router: (next) => {
      answer = next
    },
    as: async (subject) => {
      const { body } = await call('POST', '/session', { body: { subject } })
      return { authorization: `Bearer ${body.token}` }
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(app: express.Express): Promise<Server> {
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server))
  })
}

async function send(
  url: string,
  method: string,
  path: string,
  { body, headers }: CallOptions = {},
): Promise<Answered> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
}
