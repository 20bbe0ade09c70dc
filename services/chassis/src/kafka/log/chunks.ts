import { maxRecordBatchBytes, sizeInBatch } from '../../lane/outgoing.ts'
import type { Output } from './lane-batch.ts'
import type { TopicBatch } from './lane-writer.ts'

/**
 * Records as one request after the other, each with at most one record batch for a topic. No record goes out in a request
 * before one that was published before it: a signature does not come before what it signs.
 */
export function requestsOf(records: readonly Output[]): TopicBatch[][] {
  const requests: Map<string, Output[]>[] = []
  let bytes = new Map<string, number>()
  for (const record of records) {
    const size = sizeInBatch(record)
    const filled = bytes.get(record.topic) ?? 0
    if (requests.length === 0 || (filled > 0 && filled + size > maxRecordBatchBytes)) {
      requests.push(new Map())
      bytes = new Map()
    }
    bytes.set(record.topic, (bytes.get(record.topic) ?? 0) + size)
    const request = requests.at(-1) as Map<string, Output[]>
    const batch = request.get(record.topic)
    if (batch) batch.push(record)
    else request.set(record.topic, [record])
  }
  return requests.map((request) => Array.from(request, ([topic, batch]) => ({ topic, records: batch })))
}
