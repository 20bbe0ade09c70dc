import { describe, expect, it } from 'vitest'
import { maxRecordBatchBytes } from '../../lane/outgoing.ts'
import { partsOf } from './parts.ts'

const findings = 'cases.findings.v1'
const dead = 'classifier.dlq.v1'
const input = 'orders.revisions.v1'

/** What each record of the input, from offset 10 on, is published as. */
function commitOf(...records: { topic: typeof findings | typeof dead; bytes?: number }[][]) {
  const publish = records.flat().map(({ topic, bytes = 10 }) => {
    return { topic, key: null, value: Buffer.alloc(bytes) }
  })
  let published = 0
  const handled = records.map((outputs, i) => {
    published += outputs.length
    return { topic: input, offset: 10 + i, published } as const
  })
  return { publish, changes: new Map(), handled, positions: new Map([[input, 50]]) }
}

const partsFor = (...records: Parameters<typeof commitOf>) =>
  partsOf(commitOf(...records), new Map([[input, 10]])).map(({ topic, records, positions }) => {
    return { topic, records: records.length, next: positions.get(input) }
  })

describe('a batch of a lane without state', () => {
  it('is one record batch, which says how far all of it is', () => {
    expect(partsFor([{ topic: findings }], [], [{ topic: findings }])).toEqual([
      { topic: findings, records: 2, next: 50 },
    ])
    expect(partsFor([], [])).toEqual([])
  })

  it('is committed in steps where it goes to another topic, each behind what it stands for', () => {
    expect(partsFor([{ topic: findings }], [{ topic: dead }], [], [{ topic: findings }])).toEqual([
      { topic: findings, records: 1, next: 11 },
      { topic: dead, records: 1, next: 12 },
      { topic: findings, records: 1, next: 50 },
    ])
  })

  it('is committed in steps where it is too much for one record batch, never within the outputs of a record', () => {
    const half = { topic: findings, bytes: maxRecordBatchBytes / 2 } as const
    expect(partsFor([half], [half, { topic: findings }])).toEqual([
      { topic: findings, records: 1, next: 11 },
      { topic: findings, records: 2, next: 50 },
    ])
  })

  it('cannot publish one record to two topics', () => {
    expect(() => partsFor([{ topic: findings }, { topic: dead }])).toThrow('published to')
  })
})
