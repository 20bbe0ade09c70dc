import type { Messages, TopicName } from '@holdpoint/schemas'
import { Undecodable } from '@holdpoint/schemas'
import type { Table } from '../port.ts'
import { Follower, type FollowerParts } from './follower.ts'

type Row = Messages[TopicName]
type Listener = (key: string, value: Row | null) => void

/** Resolves when everything that the topic held has been read. A row that cannot be decoded is logged and left out. */
export async function followTable<T extends TopicName>(topic: T, parts: FollowerParts): Promise<Table<T>> {
  const rows = new Map<string, Row>()
  const listeners: Listener[] = []
  let next = 0
  const change: Listener = (key, value) => {
    if (value === null) rows.delete(key)
    else rows.set(key, value)
    for (const listener of listeners) listener(key, value)
  }
  let follower: Follower | undefined
  await new Promise<void>((resolve, reject) => {
    follower = new Follower(parts, {
      topics: [topic],
      from: () => next,
      async onBatch(_topic, _partition, records) {
        for (const record of records) {
          try {
            change(record.key, record.value)
          } catch (error) {
            if (!(error instanceof Undecodable)) throw error
            parts.access.log.error(
              { err: error, topic, offset: record.offset },
              'row cannot be decoded; left out',
            )
          }
          next = record.offset + 1
        }
      },
      onCaughtUp: resolve,
    })
    follower.start().catch(reject)
  })
  return {
    get: (key) => rows.get(key) as Messages[T] | undefined,
    values: () => [...rows.values()] as Messages[T][],
    isUpToDate: () => follower?.isUpToDate() ?? false,
    onChange(listener) {
      listeners.push(listener as Listener)
      for (const [key, value] of rows) listener(key, value as Messages[T])
    },
    stop: async () => follower?.stop(),
  }
}
