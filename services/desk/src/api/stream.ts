import type { TopicName } from '@holdpoint/schemas'
import { createChannel, createSession } from 'better-sse'
import type { Seen } from '../projection/projection.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Operation, operation } from './route.ts'

/**
 * Tells what has changed, not how: who hears of it asks again. Nothing is repeated after a lost connection, so
 * whoever connects again asks again for everything that is on the screen.
 */
export function streamOperations({ feed }: DeskParts): Operation[] {
  const channel = createChannel()
  feed.listen((records) => {
    if (channel.sessionCount === 0) return
    for (const record of lastOfEachNews(records)) {
      const eventId = `${record.topic}-${record.partition}-${record.offset}`
      channel.broadcast(record.data, record.event, { eventId })
    }
  })
  return [
    operation({
      id: 'stream',
      method: 'get',
      path: '/stream',
      summary:
        'Server-sent events: `case` {caseId, orderId}, `order` {orderId}, `policy` {version}, `roster` {}.',
      access: 'read',
      answers: { 200: { about: 'text/event-stream; ids are topic-partition-offset.' } },
      handle: async ({ request, response }) => {
        channel.register(await createSession(request, response))
        return undefined
      },
    }),
  ]
}

interface News {
  topic: TopicName
  partition: number
  offset: number
  event: 'case' | 'order' | 'policy' | 'roster'
  data: object
}

/** One event for everything that a batch says of the same thing. */
function lastOfEachNews(records: readonly Seen<TopicName>[]): News[] {
  const news = new Map<string, News>()
  for (const record of records) {
    const told = tell(record)
    if (told) news.set(JSON.stringify([told.event, told.data]), { ...record, ...told })
  }
  return [...news.values()]
}

function tell(record: Seen<TopicName>): Pick<News, 'event' | 'data'> | undefined {
  switch (record.topic) {
    case 'cases.events.v1': {
      const { caseId, orderId } = (record as Seen<'cases.events.v1'>).value ?? {}
      return { event: 'case', data: { caseId, orderId } }
    }
    case 'policy.versions.v1':
      return { event: 'policy', data: { version: (record as Seen<'policy.versions.v1'>).value?.version } }
    case 'duty.roster.v1':
      return { event: 'roster', data: {} }
    default:
      return { event: 'order', data: { orderId: record.key } }
  }
}
