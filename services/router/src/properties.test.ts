import { type Decision, type RouterState, readField, type Timer } from '@holdpoint/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromRecord, toRecord } from './event.ts'
import { evolve } from './evolve.ts'
import { orderId } from './given.ts'
import { Life, type Step, steps } from './histories.ts'
import type { Routed } from './route.ts'
import { initialState, isHolding } from './state.ts'
import { pendingTimers } from './timers.ts'
import { verdictsOf } from './verdicts.ts'

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

/** What is made of events alone. */
function caseRecord({ cases, commands, notices, eventSequence }: RouterState) {
  return { cases, commands, notices, eventSequence }
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

test('no stage proceeds that an open case holds, a case stopped, or a correction under way concerns', () => {
  always(({ history: { state } }) => {
    for (const { stage, verdict } of state.verdicts) {
      const held = state.cases.some((one) => isHolding(one) && one.holds.includes(stage))
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
    const done = life.history.events.filter(({ type, commandId }) => type === 'CLOSED' && commandId !== '')
    expect(new Set(done.map(({ commandId }) => commandId)).size).toBe(done.length)
  })
})

test('no case is closed twice, and every closed case has who and why', () => {
  always(
    () => {},
    (life) => {
      const closed = life.history.events.filter(({ type }) => type === 'CLOSED').map(({ caseId }) => caseId)
      expect(new Set(closed).size).toBe(closed.length)
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
          for (const caseId of caseIds)
            expect(state.cases.find((one) => one.caseId === caseId)?.status).toBe('OPEN')
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

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}
