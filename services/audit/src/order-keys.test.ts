import type { LaneRecord } from '@holdpoint/chassis'
import { MemoryBus, memoryLanes } from '@holdpoint/chassis/testing'
import type { AuditEntry } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { auditLanes } from './handlers.ts'
import { entryLine } from './lines.ts'
import { readOrderKeys, reveal, revealedLine } from './reveal.ts'
import { newKey, unseal } from './seal.ts'
import { command, forget, now } from './testing/command.ts'
import { asTrail, each, type Input, knownOf, testKey, writeTrail } from './testing/trail.ts'
import { verify } from './verify.ts'

/** An audit with one lane, what it wrote, and the keys that it keeps. */
function world(bus = new MemoryBus(1)) {
  const lanes = memoryLanes(auditLanes(testKey), { bus, clock: now })
  const rows = () => lanes.published('audit.state.v1').map((row) => ({ ...row, partition: 0 }))
  return {
    lanes,
    entries: () => lanes.published('audit.entries.v1').map(({ value }) => value as AuditEntry),
    rows: () => rows().filter(({ key }) => key.startsWith('order:')),
    keys: () => readOrderKeys(() => each(rows() as unknown as LaneRecord[])),
  }
}

test('an order has one key, made with the first thing that is said about it, and kept over a restart', async () => {
  const bus = new MemoryBus(1)
  for (let start = 0; start < 3; start++) {
    const { lanes } = world(bus)
    for (const order of ['O-1', 'O-1', 'O-2']) lanes.put('desk.commands.v1', order, command(order))
    await lanes.run()
  }
  const { entries, rows, keys } = world(bus)
  expect(rows().map(({ key }) => key)).toEqual(['order:O-1', 'order:O-2'])
  const known = await keys()
  for (const entry of entries())
    expect(reveal(entry, known)).toEqual({ state: 'proved', why: 'The contract allows it.' })
})

test('nothing that was said about an order stands in the trail or beside it in clear', async () => {
  const bus = new MemoryBus(1)
  const { lanes } = world(bus)
  lanes.put('desk.commands.v1', 'O-1', command('O-1', 'Mrs Grant moved to 12 Mill Lane.'))
  await lanes.run()
  for (const topic of ['audit.entries.v1', 'audit.state.v1', 'audit.checkpoints.v1'] as const)
    for (const { value } of bus.all(topic)) expect(value?.toString('latin1')).not.toContain('Mill Lane')
})

test('an order that is called as a partition leaves the chain alone', async () => {
  const { lanes, entries } = world()
  for (const order of ['0', '0']) {
    lanes.put('desk.commands.v1', order, command(order))
    await lanes.run()
  }
  lanes.put('audit.forgets.v1', '0', forget('0'))
  await lanes.run()
  expect(entries().map(({ sequence }) => sequence)).toEqual([1, 2, 3])
})

test('what nothing was said about gets no key, and what is about no order stays readable', async () => {
  const { lanes, entries, rows } = world()
  lanes.put('desk.commands.v1', 'O-1', command('O-1', ''))
  const by = command('O-1').actor
  const text = 'people: []'
  lanes.put('duty.roster.v1', '1', {
    ...{ version: 1, text, digest: '', changes: [], by, reason: 'A new rota.', at: now },
  } as never)
  await lanes.run()
  expect(rows()).toEqual([])
  expect(entries().map(({ why }) => why)).toEqual(expect.arrayContaining(['', 'A new rota.']))
})

test('a forget destroys the key, says who, why and when, and the order gets no other key', async () => {
  const { lanes, entries, rows, keys } = world()
  lanes.put('desk.commands.v1', 'O-1', command('O-1'))
  await lanes.run()
  const [made] = rows()
  lanes.put('audit.forgets.v1', 'O-1', forget('O-1'))
  await lanes.run()
  lanes.put('desk.commands.v1', 'O-1', command('O-1', 'It was late.'))
  await lanes.run()
  expect(rows().map(({ value }) => value?.orderKey?.key ?? null)).toEqual([expect.any(Buffer), null])
  const known = await keys()
  const [before, forgotten, late] = entries() as [AuditEntry, AuditEntry, AuditEntry]
  expect(forgotten).toMatchObject({ what: 'forgotten', who: 'olga', why: 'They asked for it.', when: now })
  expect([before, forgotten, late].map((entry) => reveal(entry, known).state)).toEqual([
    'forgotten',
    'plain',
    'forgotten',
  ])
  const guesses = [made?.value?.orderKey?.key as Buffer, Buffer.alloc(32), Buffer.alloc(32, 'O-1')]
  for (const guess of guesses) expect(unseal(late.why, guess)).toBeUndefined()
})

test('what is forgotten in the batch in which it was said is closed as well', async () => {
  const { lanes, entries, keys } = world()
  lanes.put('desk.commands.v1', 'O-1', command('O-1'))
  lanes.put('audit.forgets.v1', 'O-1', forget('O-1'))
  await lanes.run()
  const known = await keys()
  const said = entries().filter(({ topic }) => topic === 'desk.commands.v1')
  expect(said.map((entry) => reveal(entry, known).state)).toEqual(['forgotten'])
})

test('a forget that cannot be read destroys nothing, and lies in the trail', async () => {
  const { lanes, entries, rows } = world()
  lanes.put('desk.commands.v1', 'O-1', command('O-1'))
  lanes.putBytes('audit.forgets.v1', Buffer.from('O-1'), Buffer.from('no Avro'))
  await lanes.run()
  expect(rows()).toHaveLength(1)
  expect(entries().map(({ what }) => what)).toContain('unreadable')
  expect(lanes.deadLetters()).toEqual([])
})

test('the trail is proved before and after a forget, and only what was changed in a sealed text is found', async () => {
  const said: Input[] = ['O-1', 'O-2', 'O-3'].map((order) => ['desk.commands.v1', order])
  const before = await writeTrail([said])
  const after = await writeTrail([said, [['audit.forgets.v1', 'O-1']], said])
  for (const trail of [before, after]) {
    const expected = knownOf(trail)
    const proof = () => verify(asTrail(trail), { now, atRest: true, expected })
    expect(await proof()).toMatchObject({ verdict: 'PROVED', findings: [] })
    const at = trail.entries.findIndex(({ why }) => why.startsWith('sealed.1.'))
    const entry = trail.entries[at] as AuditEntry
    trail.entries[at] = { ...entry, why: `${entry.why.slice(0, -1)}${entry.why.endsWith('A') ? 'B' : 'A'}` }
    expect((await proof()).findings).toMatchObject([{ code: 'EDITED', entry: { sequence: entry.sequence } }])
  }
})

test('entries of before, whose texts are plain, are revealed as they are', () => {
  const entry = { partition: 0, orderId: 'O-1', why: 'A plain reason.' } as AuditEntry
  expect(reveal(entry, new Map())).toEqual({ state: 'plain', why: 'A plain reason.' })
})

test('beside an export every sealed text stands in clear, or why it does not; a wrong one is never taken for it', async () => {
  const { lanes, entries, keys } = world()
  for (const order of ['O-1', 'O-2', 'O-3'])
    lanes.put('desk.commands.v1', order, command(order, `Of ${order}`))
  await lanes.run()
  lanes.put('audit.forgets.v1', 'O-2', forget('O-2'))
  await lanes.run()
  const known = new Map(await keys())
  known.set('0 O-3', { orderId: 'O-3', key: newKey(), at: now })
  const counts = { proved: 0, forgotten: 0, noKey: 0, wrong: 0 }
  const lines = entries().map((entry) => revealedLine(entryLine(entry), known, counts))
  expect(lines[3]).toBeUndefined()
  expect(lines.slice(0, 3).map((line) => JSON.parse(line ?? ''))).toMatchObject([
    { partition: 0, sequence: 1, orderId: 'O-1', who: 'fiona', state: 'proved', why: 'Of O-1' },
    { orderId: 'O-2', state: 'forgotten', why: null },
    { orderId: 'O-3', state: 'wrong', why: null },
  ])
  expect(counts).toEqual({ proved: 1, forgotten: 1, noKey: 0, wrong: 1 })
  expect(reveal(entries()[0] as AuditEntry, new Map()).state).toBe('noKey')
})
