import type { Messages, TopicName } from '@holdpoint/schemas'
import { Undecodable } from '@holdpoint/schemas'
import type { RowCheck, Table } from '../port.ts'
import { Follower, type FollowerParts } from './follower.ts'

type Row = Messages[TopicName]
type Listener = (key: string, value: Row | null) => void

export interface TableParts extends FollowerParts {
  /** A row was left out; the log has said so. */
  onLeftOut?(): void
}

/**
 * Resolves when everything that the topic held has been read. A row that cannot be decoded is told and left out, and so
 * is one that `problemOf` finds something wrong with; it is asked of each record in order.
 */
export async function followTable<T extends TopicName>(
  topic: T,
  parts: TableParts,
  problemOf: RowCheck<T> = () => undefined,
): Promise<Table<T>> {
  const rows = new Map<string, Row>()
  const listeners: Listener[] = []
  let next = 0
  const change: Listener = (key, value) => {
    if (value === null) rows.delete(key)
    else rows.set(key, value)
    for (const listener of listeners) listener(key, value)
  }
  const leftOut = (offset: number, why: string): void => {
    parts.access.log.error({ topic, offset, why }, 'a row does not hold and is left out')
    parts.onLeftOut?.()
  }
  let follower: Follower | undefined
  await new Promise<void>((resolve, reject) => {
    follower = new Follower(parts, {
      topics: [topic],
      from: () => next,
      async onBatch(_topic, _partition, records) {
        for (const record of records) {
          try {
            const problem = problemOf(record.key, record.value as Messages[T] | null)
            if (problem === undefined) change(record.key, record.value)
            else leftOut(record.offset, problem)
          } catch (error) {
            if (!(error instanceof Undecodable)) throw error
            leftOut(record.offset, error.message)
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
