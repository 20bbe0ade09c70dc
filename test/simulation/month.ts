import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import { generateLives } from '@holdpoint/orders'
import { parsePolicy } from '@holdpoint/policy'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import { type DomainEvent, isOpen } from '@holdpoint/router/core'
import type { RouterState } from '@holdpoint/schemas'
import { chance } from '../chaos/chance.ts'
import { Agenda } from './agenda.ts'
import { Chain } from './chain.ts'
import { People } from './people.ts'

const hour = 3_600_000
const day = 24 * hour

export interface MonthResult {
  orders: number
  events: number
  types: TypeResult[]
  /** What is left at the end: nothing may be. */
  left: { openCases: number; heldOrders: number; pendingTimers: number; lostTimers: number }
  /** Days of the virtual clock until the last case was closed. */
  days: number
  /** Microseconds of real time for deciding and folding one input. */
  microsPerInput: number
  inputs: number
}

export interface TypeResult {
  type: string
  name: string
  cases: number
  /** Ended by the owner's deadline, pauses not counted, or by themselves. */
  withinTime: number
  escalated: number
  asked: number
  reopened: number
  /** Hours from opening to the end, as the clock on the wall counts them. */
  medianHours: number
}

/**
 * A month of orders on the virtual clock, with the sample policy, as many people as the work takes, who keep their hours, and one day
 * on which ten times as many orders come. Ends when nothing is left to happen. `look` sees the record of an order after
 * each input.
 */
export function simulateMonth(
  orders: number,
  look: (state: RouterState) => void = () => {},
): MonthResult & { states: RouterState[] } {
  const start = Date.UTC(2026, 2, 2)
  const company = { policy: samplePolicy(), staff: staffFor(orders) }
  const agenda = new Agenda(start)
  const report = new Report()
  const people = new People(agenda, company, () => chain)
  const chain: Chain = new Chain(agenda, company, {
    hear(event, state) {
      report.hear(event)
      people.hear(event, state)
    },
    look,
  })
  const lives = generateLives({ seed: 1, day: start })
  for (let index = 0; index < orders; index++) {
    const { value: life } = lives.next()
    if (!life) break
    const at = start + arrival(index / orders, chance(1, `arrival ${index}`))
    const since = (instant: number) => at + instant - life.first.occurredAt
    agenda.plan(at, () => chain.receive({ ...life.first, occurredAt: at }))
    for (const event of life.later) {
      const later = since(event.occurredAt)
      agenda.plan(later, () => chain.receive({ ...event, occurredAt: later }))
    }
  }
  agenda.run(start + 120 * day)
  const states = [...chain.orders.values()]
  return {
    states,
    orders: states.length,
    events: report.events,
    types: report.types(company.policy.types),
    left: {
      openCases: states.flatMap(({ cases }) => cases.filter(isOpen)).length,
      heldOrders: states.filter(isHeld).length,
      pendingTimers: chain.pendingTimers,
      lostTimers: chain.lostTimers,
    },
    days: (agenda.now - start) / day,
    microsPerInput: (chain.work.ms * 1_000) / chain.work.inputs,
    inputs: chain.work.inputs,
  }
}

/** 27 days of one part, the eighth day of ten; around the clock, most of it by day. Milliseconds since the start. */
function arrival(share: number, drawn: number): number {
  const parts = share * 37
  const ofDay = drawn < 0.15 ? (drawn / 0.15) * 24 : 7 + ((drawn - 0.15) / 0.85) * 12
  const number = parts < 7 ? Math.floor(parts) : parts < 17 ? 7 : Math.floor(parts) - 9
  return Math.round(number * day + ofDay * hour)
}

const isHeld = ({ verdicts }: RouterState): boolean => verdicts.some(({ verdict }) => verdict === 'HOLD')

class Report {
  events = 0
  readonly #cases = new Map<string, OneCase>()

  hear(event: DomainEvent): void {
    this.events++
    if (event.type === 'OPENED')
      this.#cases.set(event.caseId, {
        type: event.opened.type,
        openedAt: event.at,
        escalated: false,
        asked: false,
        reopened: false,
      })
    const one = this.#cases.get(event.caseId)
    if (!one) return
    if (event.type === 'ESCALATED') one.escalated = true
    if (event.type === 'ASKED') one.asked = true
    if (event.type === 'REOPENED') one.reopened = true
    if (event.type === 'CLOSED') one.closedAt ??= event.at
  }

  types(known: ReadonlyMap<string, { name: string }>): TypeResult[] {
    const byType = Map.groupBy(this.#cases.values(), ({ type }) => type)
    return [...byType]
      .map(([type, cases]) => ({
        type,
        name: known.get(type)?.name ?? type,
        cases: cases.length,
        withinTime: cases.filter(({ escalated }) => !escalated).length,
        escalated: cases.filter(({ escalated }) => escalated).length,
        asked: cases.filter(({ asked }) => asked).length,
        reopened: cases.filter(({ reopened }) => reopened).length,
        medianHours: medianHours(cases),
      }))
      .sort((one, other) => other.cases - one.cases)
  }
}

interface OneCase {
  type: string
  openedAt: number
  closedAt?: number
  escalated: boolean
  asked: boolean
  reopened: boolean
}

function medianHours(cases: readonly OneCase[]): number {
  const times = cases.flatMap(({ openedAt, closedAt }) => (closedAt === undefined ? [] : closedAt - openedAt))
  return (times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0) / hour
}

const sample = (file: string) => readFileSync(join(repository, 'infra', 'samples', file), 'utf8')

function samplePolicy() {
  const read = parsePolicy(sample('wholesaler.policy.yaml'))
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return read.policy
}

/** People of each role of the sample policy for each thousand orders of the month. */
const peoplePerThousand = {
  support: 0.15,
  finance: 0.18,
  'warehouse-lead': 0.06,
  controller: 0.06,
  'order-manager': 0.15,
  sales: 0.02,
}

function staffFor(orders: number) {
  const people = Object.entries(peoplePerThousand).flatMap(([role, share]) =>
    Array.from({ length: Math.max(1, Math.round((share * orders) / 1_000)) }, (_, i) => {
      const subject = `${role}-${i + 1}`
      return `  - { subject: ${subject}, name: ${subject}, email: ${subject}@harbour-gifts.example, roles: [${role}] }`
    }),
  )
  const read = parseRoster(`zone: Europe/London\npeople:\n${people.join('\n')}\n`)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return { version: 1, roster: compileRoster(read.roster) }
}
