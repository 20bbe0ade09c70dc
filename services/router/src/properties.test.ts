import { alwaysOpen, compileCalendar, receiptOf } from '@holdpoint/policy/calendar'
import {
  type CaseState,
  type Decision,
  type RefusalCode,
  type RouterState,
  readField,
  type Timer,
} from '@holdpoint/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pendingTimers } from './messages/timers.ts'
import { verdictsOf } from './messages/verdicts.ts'
import { type DomainEvent, toRecord } from './record/event.ts'
import { evolve } from './record/evolve.ts'
import { clearanceHolds } from './record/round.ts'
import { caseOf, hasStarted, initialState, isHolding, isOpen } from './record/state.ts'
import type { Routed } from './route.ts'
import { fromRecord } from './testing/from-record.ts'
import { orderId } from './testing/given.ts'
import { Life } from './testing/histories.ts'
import { type Step, steps } from './testing/random-steps.ts'

/** Lives through random steps; `look` is called after each of them. */
function always(look: (life: Life, step: Step) => void, atTheEnd?: (life: Life) => void): void {
  fc.assert(
    fc.property(steps, (path) => {
      const life = new Life()
      for (const step of path) {
        life.do(step)
        look(life, step)
      }
      atTheEnd?.(life)
    }),
    { numRuns: 150 },
  )
}

const utc = compileCalendar(alwaysOpen)

/** Everything that can happen. */
const eventTypes: Record<DomainEvent['type'], true> = {
  OPENED: true,
  EVIDENCE_CHANGED: true,
  ORDER_CHANGED: true,
  ASSIGNED: true,
  ESCALATED: true,
  REMINDED: true,
  REPLANNED: true,
  ASKED: true,
  ANSWERED: true,
  UNANSWERED: true,
  NOTED: true,
  PROPOSED: true,
  APPROVAL_GIVEN: true,
  CORRECTED: true,
  NOT_CURED: true,
  CLOSED: true,
  REOPENED: true,
  SETTLED: true,
  STOP_LIFTED: true,
  REFUSED: true,
  NOTICE_REQUESTED: true,
  NOTICE_SENT: true,
  NOTICE_FAILED: true,
}

/** Every refusal that a life with an order can have. */
const refusalCodes: Record<Exclude<RefusalCode, 'UNKNOWN' | 'UNKNOWN_ORDER'>, true> = {
  NOT_OWNER: true,
  REVIEWER_ONLY: true,
  OWN_REQUEST: true,
  FOUR_EYES: true,
  STALE_VIEW: true,
  CASE_CLOSED: true,
  ACTION_NOT_ALLOWED: true,
  FIELD_NOT_CORRECTABLE: true,
  STAGE_STARTED: true,
  VALUE_CHANGED: true,
  REASON_MISSING: true,
  UNKNOWN_CASE: true,
  DUPLICATE_COMMAND: true,
  NOT_INVOLVED: true,
  NO_SUCH_PERSON: true,
}

/** What is made of events alone. */
function caseRecord({ cases, commands, notices, round, eventSequence }: RouterState) {
  return { cases, commands, notices, round, eventSequence }
}

function all(life: Life, topic: string): Routed['publish'] {
  return life.history.steps.flatMap(({ publish }) => publish).filter((one) => one.topic === topic)
}

function decisions(life: Life): Decision[] {
  return all(life, 'orders.decisions.v1').map(({ value }) => value as Decision)
}

test('the cases are what a replay of the published events gives', () => {
  always((life) => {
    const published = life.history.events.map(toRecord)
    const replayed = published
      .flatMap((record) => fromRecord(record) ?? [])
      .reduce(evolve, initialState(orderId))
    expect(caseRecord(replayed)).toEqual(caseRecord(life.history.state))
  })
})

test('events and decisions are numbered without gaps', () => {
  always(
    () => {},
    (life) => {
      expect(life.history.events.map(({ sequence }) => sequence)).toEqual(upTo(life.history.events.length))
      expect(decisions(life).map(({ sequence }) => sequence)).toEqual(upTo(decisions(life).length))
    },
  )
})

test('a stage is held by an open case, a correction under way or a clearance, and stopped by a case or a cancellation', () => {
  always(({ history: { state } }) => {
    for (const { stage, verdict } of state.verdicts) {
      const held =
        state.cases.some((one) => isHolding(one) && one.holds.includes(stage)) ||
        (clearanceHolds(state).includes(stage) && !hasStarted(state, stage))
      const stopped = state.cancelled || state.cases.some(({ stops }) => stops.includes(stage))
      expect(verdict).toBe(stopped ? 'STOP' : held ? 'HOLD' : 'PROCEED')
    }
  })
})

test('a released stage was never decided on an order that a correction under way still has to change', () => {
  always((life) => {
    const [decided] = life.history.published('orders.decisions.v1')
    const { order } = life.history.state
    const paths = life.underWay.flatMap(({ caseId, corrections }) =>
      corrections.some(({ path, value }) => order && readField(order, path) !== value)
        ? (life.history.state.cases.find((one) => one.caseId === caseId)?.holds ?? [])
        : [],
    )
    for (const { stage, verdict } of decided?.value?.verdicts ?? [])
      if (paths.includes(stage)) expect(verdict).not.toBe('PROCEED')
  })
})

test('the last decision always says what holds now', () => {
  always((life) => {
    const last = decisions(life).at(-1)
    const { state } = life.history
    expect(last?.digest).toBe(state.digest)
    expect(last?.verdicts).toEqual(state.verdicts)
  })
})

test('a recall is said of exactly the stages that were released and are not any more', () => {
  always(
    () => {},
    (life) => {
      const released = new Map<string, boolean>()
      for (const { verdicts } of decisions(life))
        for (const { stage, verdict, recall } of verdicts) {
          if (verdict === 'PROCEED') released.set(stage, true)
          expect(recall).toBe(verdict !== 'PROCEED' && released.get(stage) === true)
        }
    },
  )
})

test('the compacted schedule holds exactly the timers that the order waits for', () => {
  always(
    () => {},
    (life) => {
      const kept = new Map<string, Timer>()
      for (const { key, value } of all(life, 'timers.schedule.v1'))
        if (value === null) kept.delete(key)
        else kept.set(key, value as Timer)
      expect(kept).toEqual(pendingTimers(life.history.state))
    },
  )
})

test('every command gets one answer, carried out at most once', () => {
  always((life, step) => {
    if (step.kind !== 'act') return
    const answers = life.history.last.events.filter(({ commandId }) => commandId !== '')
    expect(answers).toHaveLength(1)
    const done = life.history.events.filter(({ type, commandId }) => type !== 'REFUSED' && commandId !== '')
    expect(new Set(done.map(({ commandId }) => commandId)).size).toBe(done.length)
  })
})

test('of two people who decide at the same time, one wins at most', () => {
  always(
    () => {},
    ({ history, races }) => {
      for (const { caseId, commandIds } of races) {
        const won = history.events.filter(
          (event) =>
            (event.type === 'CLOSED' || event.type === 'CORRECTED') &&
            event.caseId === caseId &&
            commandIds.includes(event.commandId),
        )
        expect(won.length).toBeLessThanOrEqual(1)
      }
    },
  )
})

test('an open case has one owner role, and is in the hands of one person at most', () => {
  always(({ history: { state } }) => {
    for (const one of state.cases.filter(isOpen)) {
      expect(one.owner).not.toBe('')
      expect(one.assignee).toEqual({ subject: expect.any(String), name: expect.any(String) })
    }
    const open = state.cases
      .filter(isOpen)
      .map(({ type, requestId, raisedBy, caseId }) => (raisedBy === '' ? `${type} ${requestId}` : caseId))
    expect(new Set(open).size).toBe(open.length)
  })
})

test('nobody decides on their own request or, with four eyes, on their own proposal', () => {
  always(({ history }) => {
    const last = history.steps.at(-1)?.events ?? []
    for (const { type, caseId, actor } of last) {
      if (type !== 'CLOSED' || actor.subject.startsWith('system:')) continue
      const opened = history.events.find((event) => event.type === 'OPENED' && event.caseId === caseId)
      const raisedBy = opened?.type === 'OPENED' ? opened.opened.raisedBy : ''
      const endedBySelf = history.events.some(
        (event) => event.type === 'CLOSED' && event.caseId === caseId && event.commandId !== '',
      )
      if (endedBySelf && last.some((event) => event.caseId === caseId && event.commandId !== ''))
        expect(actor.subject).not.toBe(raisedBy)
    }
    for (const event of history.events) {
      if (event.type !== 'CORRECTED') continue
      const proposed = history.events.findLast(
        (other) =>
          other.type === 'PROPOSED' && other.caseId === event.caseId && other.sequence < event.sequence,
      )
      if (proposed) expect(event.actor.subject).not.toBe(proposed.actor.subject)
    }
  })
})

test('a case is never without a timer while it is open, nor an order while it is held', () => {
  always(({ history: { state } }) => {
    const timers = [...pendingTimers(state).values()]
    for (const { caseId } of state.cases.filter(isOpen))
      expect(
        timers.filter((timer) => timer.caseId === caseId && ['DEADLINE', 'ANSWER'].includes(timer.kind)),
      ).toHaveLength(1)
    const isHeld = state.cases.some((one) => isOpen(one) && one.holds.length > 0)
    expect(state.silence !== null).toBe(isHeld)
  })
})

test('the lines of a deadline receipt sum to the time from the start of the clock to its deadline', () => {
  always(({ history: { state, now } }) => {
    for (const { clock, level, owner } of state.cases.filter(isOpen)) {
      if (level > 0 || clock.role !== owner) continue
      const hours = clock.policyVersion === 1 ? 2 : 5
      const within = { kind: 'elapsed', count: hours, unit: 'hour' } as const
      const pauses = clock.pauses.map(({ from, to }) => (to === null ? { from } : { from, to }))
      const lines = receiptOf(utc, clock.startedAt, within, pauses, clock.deadline ?? now)
      const sum = (kind: string) =>
        lines.filter((line) => line.kind === kind).reduce((ms, { from, to }) => ms + to - from, 0)
      if (clock.deadline === null) expect(sum('ran') + (clock.leftMs ?? 0)).toBe(hours * 3_600_000)
      else expect(sum('ran')).toBe(hours * 3_600_000)
      expect(sum('ran') + sum('paused')).toBe((lines.at(-1)?.to ?? 0) - clock.startedAt)
    }
  })
})

test('a revision on which a rule still holds closes no case of it as corrected to open another', () => {
  always(({ history: { events } }) => {
    const closed = events.filter((event) => event.type === 'CLOSED' && event.closed.outcome === 'CORRECTED')
    for (const { caseId, revision } of closed) {
      const type = typeOf(events, caseId)
      const again = events.find(
        (event) => event.type === 'OPENED' && event.opened.type === type && event.revision === revision,
      )
      expect(again?.type === 'OPENED' && again.opened.basis === 'STANDING' && again.caseId).toBe(false)
    }
  })
})

function typeOf(events: readonly DomainEvent[], caseId: string): string {
  const opened = events.find((event) => event.type === 'OPENED' && event.caseId === caseId)
  return opened?.type === 'OPENED' ? opened.opened.type : ''
}

test('duty that is looked at twice gives nothing the second time', () => {
  always(({ history }, { kind }) => {
    if (kind === 'duty') expect(history.dutyChanges().happened).toEqual([])
  })
})

test('no case is closed twice without being opened in between, and every closed case has who and why', () => {
  always(
    () => {},
    (life) => {
      const open = new Set<string>()
      for (const { type, caseId } of life.history.events) {
        if (type === 'OPENED' || type === 'REOPENED') {
          expect(open).not.toContain(caseId)
          open.add(caseId)
        }
        if (type === 'CLOSED') expect(open.delete(caseId)).toBe(true)
      }
      for (const one of life.history.state.cases)
        if (one.status === 'CLOSED') expect(one.closedBy && one.closedReason).toBeTruthy()
    },
  )
})

test('once intake has caught up, nothing is under way and every hold has an open case', () => {
  always(
    () => {},
    (life) => {
      life.settle()
      const { state } = life.history
      expect(state.cases.filter(({ correctionId }) => correctionId !== '')).toEqual([])
      for (const { verdict, caseIds } of verdictsOf(state, ['invoicing', 'shipping']))
        if (verdict === 'HOLD')
          for (const caseId of caseIds) expect(isOpen(caseOf(state, caseId) as CaseState)).toBe(true)
    },
  )
})

test('a request is settled once', () => {
  always(
    () => {},
    (life) => {
      const settled = all(life, 'orders.corrections.v1').flatMap(({ value }) =>
        value && 'requestId' in value && value.requestId !== '' ? value.requestId : [],
      )
      expect(new Set(settled).size).toBe(settled.length)
    },
  )
})

test('the lives that are looked at have everything in them', () => {
  const types = new Set<string>()
  const refusals = new Set<string>()
  for (const path of fc.sample(steps, { numRuns: 1_500, seed: 7 })) {
    const life = new Life()
    for (const step of path) life.do(step)
    for (const event of life.history.events) {
      types.add(event.type)
      if (event.type === 'REFUSED') refusals.add(event.refused.code)
    }
  }
  expect(Object.keys(eventTypes).filter((type) => !types.has(type))).toEqual([])
  expect(Object.keys(refusalCodes).filter((code) => !refusals.has(code))).toEqual([])
})

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}
