import { MemoryBus, memoryLanes } from '@holdpoint/chassis/testing'
import { expect, test } from 'vitest'
import { noEntry } from './chain.ts'
import { auditLanes } from './handlers.ts'
import { command, now } from './testing/command.ts'
import { testKey, writeTrail } from './testing/trail.ts'

test('a command has an entry that says who did what to which case, and why', async () => {
  const { entries } = await writeTrail([[['desk.commands.v1', 'O-1']]])
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    kind: 'RECORD',
    sequence: 1,
    topic: 'desk.commands.v1',
    firstOffset: 0,
    lastOffset: 0,
    count: 1,
    orderId: 'O-1',
    caseId: 'C-O-1',
    who: 'fiona',
    what: 'command APPROVE',
    why: expect.stringMatching(/^sealed\.1\./),
    when: now,
    previous: noEntry,
  })
})

test('revisions of a batch are covered by one range, whatever their bytes', async () => {
  const { entries } = await writeTrail([
    [
      ['orders.revisions.v1', 'O-1'],
      ['orders.revisions.v1', 'O-1'],
      ['cases.findings.v1', 'O-1'],
    ],
  ])
  expect(
    entries.map(({ kind, topic, firstOffset, lastOffset, count }) => [
      kind,
      topic,
      firstOffset,
      lastOffset,
      count,
    ]),
  ).toEqual([
    ['RANGE', 'orders.revisions.v1', 0, 1, 2],
    ['RANGE', 'cases.findings.v1', 0, 0, 1],
  ])
})

test('a record that cannot be decoded is covered, and the entry says so', async () => {
  const { entries } = await writeTrail([[['cases.events.v1', 'O-1']]])
  expect(entries[0]).toMatchObject({ kind: 'RECORD', what: 'unreadable', count: 1 })
})

test('each batch ends with a signed head, and the next one goes on from it', async () => {
  const { entries, checkpoints } = await writeTrail([
    [
      ['desk.commands.v1', 'O-1'],
      ['orders.revisions.v1', 'O-1'],
    ],
    [['desk.commands.v1', 'O-1']],
  ])
  expect(entries.map((entry) => entry.sequence)).toEqual([1, 2, 3])
  expect(entries.slice(1).map((entry) => entry.previous)).toEqual(
    entries.slice(0, -1).map((entry) => entry.entryHash),
  )
  expect(checkpoints.map(({ sequence, head }) => [sequence, head])).toEqual([
    [2, entries[1]?.entryHash],
    [3, entries[2]?.entryHash],
  ])
})

test('a restarted audit goes on with the chain', async () => {
  const bus = new MemoryBus(1)
  for (const orderId of ['O-1', 'O-2']) {
    const lanes = memoryLanes(auditLanes(testKey), { bus, clock: now })
    lanes.put('desk.commands.v1', orderId, command(orderId))
    await lanes.run()
  }
  const [first, second] = memoryLanes(auditLanes(testKey), { bus }).published('audit.entries.v1')
  expect(second?.value).toMatchObject({ sequence: 2, previous: first?.value?.entryHash })
})
