import { setTimeout as pause } from 'node:timers/promises'
import type { CaseDetail, CaseEvent } from '@holdpoint/desk-contract'
import { oneCase, oneEvent } from '@holdpoint/desk-contract/testing'
import { expect, test } from 'vitest'
import { answeredAt, humanPace, type Pace, takenAt } from './pace.ts'
import { WorkingDay, type WorkingDayOptions } from './working-day.ts'

const quick: Pace = {
  untilTaken: [0, 0],
  thinking: [1, 2],
  untilAnswered: [0, 0],
  overlooked: [3_600_000, 3_600_000],
  overlookedShare: 0,
}
const fiona = { subject: 'fiona', name: 'Fiona Walsh' }
const sam = { subject: 'sam', name: 'Sam Okafor' }

/** A desk in memory, with some cases that the people may approve. */
class DeskInMemory {
  readonly cases: CaseDetail[]
  readonly events = new Map<string, CaseEvent[]>()
  readonly done: { caseId: string; token: string; key: string; body: unknown }[] = []
  /** Called whenever somebody looks at a case. */
  onLook: (caseId: string) => void = () => undefined

  constructor(...cases: Partial<CaseDetail>[]) {
    this.cases = cases.map((one) => ({
      ...oneCase,
      ...{ type: 'large-order', assignee: fiona, mayDo: ['APPROVE', 'REJECT'], digest: `of ${one.caseId}` },
      ...one,
    }))
  }

  readonly desk = {
    get: async (path: string) => this.#answer(path),
    signIn: async (subject: string) => `token of ${subject}`,
    post: async (path: string, { token = '', idempotencyKey: key = '', body }: Record<string, unknown>) => {
      const caseId = path.split('/')[2] as string
      this.done.push({ caseId, token: token as string, key: key as string, body })
      const one = this.cases.find((each) => each.caseId === caseId)
      if (one) one.status = 'CLOSED'
      return {}
    },
  } as unknown as WorkingDayOptions['desk']

  #answer(path: string): unknown {
    const [, what, id = ''] = path.split('/')
    if (what === 'people') return { people: [fiona, sam] }
    if (what === 'orders') return { orderId: decodeURIComponent(id), order: orderOf(), revisions: [] }
    if (id === '') return { cases: this.cases.filter(({ status }) => status !== 'CLOSED'), next: null }
    this.onLook(id)
    return { case: this.cases.find(({ caseId }) => caseId === id), events: this.events.get(id) ?? [] }
  }
}

const orderOf = () => ({ payment: { status: 'authorised' }, lines: [], customer: { email: '' } })
const made = (number: number) => `H1-261130-0000${number}`
const touched: CaseEvent = { ...oneEvent, commandId: '5f0c', type: 'ASSIGNED' }

/** Lets the people work until `enough`, and gives what they said. */
async function workUntil(
  desk: DeskInMemory,
  enough: (log: string[]) => boolean,
  pace = quick,
): Promise<string[]> {
  const log: string[] = []
  const end = new AbortController()
  const day = new WorkingDay({
    desk: desk.desk,
    pace,
    lookEveryMs: 5,
    letter: 'H',
    now: Date.now,
    log: (line) => log.push(line),
  })
  const working = day.work(end.signal)
  const giveUpAt = Date.now() + 5_000
  while (!enough(log) && Date.now() < giveUpAt) await pause(5)
  end.abort()
  await working
  return log
}

test('whoever has a case decides it under their own name, on what they saw, with a reason', async () => {
  const desk = new DeskInMemory(
    { caseId: 'C-1', orderId: made(1) },
    { caseId: 'C-2', orderId: made(2), assignee: sam },
  )
  const log = await workUntil(desk, () => desk.done.length === 2)
  const done = desk.done.toSorted((one, other) => one.caseId.localeCompare(other.caseId))
  expect(done).toMatchObject([
    {
      caseId: 'C-1',
      token: 'token of fiona',
      key: expect.stringMatching(/^sample-people-/),
      body: { digest: 'of C-1' },
    },
    {
      caseId: 'C-2',
      token: 'token of sam',
      body: { action: 'approve', reason: expect.stringContaining('authorised') },
    },
  ])
  expect(log).toHaveLength(2)
})

test('one person does one case after the other', async () => {
  const desk = new DeskInMemory(...[1, 2, 3].map((n) => ({ caseId: `C-${n}`, orderId: made(n) })))
  const looks: string[] = []
  desk.onLook = (caseId) => looks.push(caseId)
  await workUntil(desk, () => desk.done.length === 3)
  expect(looks).toEqual(['C-1', 'C-1', 'C-2', 'C-2', 'C-3', 'C-3'])
})

test('what somebody else sent or has touched is left, also while it is being looked at', async () => {
  const desk = new DeskInMemory(
    { caseId: 'C-tour', orderId: 'SO-1042', assignee: sam },
    { caseId: 'C-claimed', orderId: made(1) },
    { caseId: 'C-taken', orderId: made(2) },
    { caseId: 'C-free', orderId: made(3) },
  )
  desk.events.set('C-claimed', [touched])
  let looks = 0
  desk.onLook = (caseId) => {
    if (caseId === 'C-taken' && ++looks === 1) setImmediate(() => desk.events.set('C-taken', [touched]))
  }
  const log = await workUntil(desk, () => desk.done.length === 1)
  expect(desk.done.map(({ caseId }) => caseId)).toEqual(['C-free'])
  expect(log.filter((line) => line.includes('leaves'))).toEqual([
    'Fiona Walsh leaves C-claimed: somebody has done something about it',
    'Fiona Walsh leaves C-taken: somebody has done something about it',
  ])
})

test('a case that the desk refuses is left for a while, and the others go on', async () => {
  const desk = new DeskInMemory({ caseId: 'C-1', orderId: made(1) }, { caseId: 'C-2', orderId: made(2) })
  const post = desk.desk.post
  desk.desk.post = (async (path: string, request: never) => {
    if (path.includes('C-1')) throw new Error('STALE_VIEW: look again')
    return post(path, request)
  }) as typeof post
  const log = await workUntil(desk, () => desk.done.length === 1)
  expect(log).toEqual([
    'Fiona Walsh could not decide C-1: STALE_VIEW: look again',
    expect.stringContaining('C-2'),
  ])
})

test('people get to a case some minutes after it was opened, and overlook one of twenty', () => {
  const opened = Date.parse(oneCase.openedAt)
  const minutes = Array.from(
    { length: 2_000 },
    (_, n) => (takenAt({ ...oneCase, caseId: `C-${n}` }, humanPace) - opened) / 60_000,
  )
  const late = minutes.filter((minute) => minute > 16)
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(2)
  expect(late.length / minutes.length).toBeGreaterThan(0.03)
  expect(late.length / minutes.length).toBeLessThan(0.07)
  expect(answeredAt('C-1', opened, humanPace)).toBeGreaterThan(opened)
  // Whoever it has come to overlooks nothing.
  const escalated = minutes.map(
    (_, n) => takenAt({ ...oneCase, caseId: `C-${n}`, level: 1 }, humanPace) - opened,
  )
  expect(Math.max(...escalated)).toBeLessThanOrEqual(16 * 60_000)
})
