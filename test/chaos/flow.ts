import type { Connection, LaneRecord } from '@holdpoint/chassis'
import type { CaseEvent } from '@holdpoint/schemas'
import type { Victim } from './plan.ts'

const topics = [
  'policy.versions.v1',
  'duty.roster.v1',
  'orders.revisions.v1',
  'orders.corrections.v1',
  'cases.findings.v1',
  'desk.commands.v1',
  'cases.events.v1',
  'orders.decisions.v1',
  'timers.schedule.v1',
  'timers.fired.v1',
  'notices.requested.v1',
  'notices.outcomes.v1',
  'audit.entries.v1',
] as const
type Topic = (typeof topics)[number]

const outsideOfTheTrail: readonly Topic[] = ['timers.schedule.v1', 'audit.entries.v1']

/** What a victim's lanes write, where it shows that they work again. */
const outputsOf: Partial<Record<Victim, Topic>> = {
  intake: 'orders.revisions.v1',
  classifier: 'cases.findings.v1',
  router: 'orders.decisions.v1',
  'kafka-1': 'orders.decisions.v1',
}
/** What was written before arrives so long after. */
const stillUnderWayMs = 100

/** How many records are where in the chain, as a reader beside it sees it. */
export class Flow {
  readonly #offered = new Set<string>()
  readonly #orders = new Map<Topic, Set<string>>(topics.map((topic) => [topic, new Set()]))
  readonly #counts = new Map<Topic, number>(topics.map((topic) => [topic, 0]))
  readonly #positions = new Map<string, number>()
  readonly #pendingTimers = new Set<string>()
  readonly #openCases = new Set<string>()
  readonly #unanswered = new Set<string>()
  readonly #answered = new Set<string>()
  #covered = 0
  readonly #awaited = new Map<Topic, (() => void)[]>()
  /** When the last record came, milliseconds UTC. */
  lastAt = Date.now()

  async watch(kafka: Connection): Promise<void> {
    await kafka.follow({
      topics,
      from: (topic, partition) => this.#positions.get(`${topic} ${partition}`) ?? 0,
      onBatch: async (topic, partition, records) => {
        for (const record of records) this.#take(record)
        this.#positions.set(`${topic} ${partition}`, (records.at(-1)?.offset ?? -1) + 1)
      },
    })
  }

  offer(orderId: string): void {
    this.#offered.add(orderId)
  }

  /** Orders that were sent and have no decision yet. */
  get undecided(): number {
    return this.#offered.size - this.#distinct('orders.decisions.v1')
  }

  /** Records that wait for the victim, or are in its hands. */
  waitingFor(victim: Victim): number {
    const count = (topic: Topic) => this.#counts.get(topic) as number
    switch (victim) {
      case 'intake':
        return this.#offered.size - this.#distinct('orders.revisions.v1')
      case 'classifier':
        return count('orders.revisions.v1') - count('cases.findings.v1')
      case 'router':
        return (
          this.#distinct('cases.findings.v1') - this.#distinct('orders.decisions.v1') + this.#unanswered.size
        )
      case 'sla-timer':
      case 'redis':
        return this.#pendingTimers.size
      case 'notifier':
        return count('notices.requested.v1') - count('notices.outcomes.v1')
      case 'audit':
        return this.#toCover()
      case 'desk':
      case 'kafka-1':
        return this.undecided + this.#unanswered.size
      default:
        return victim satisfies never
    }
  }

  /** Milliseconds from now to the next record that the victim's lanes write; null where that does not show. */
  nextOutputOf(victim: Victim): Promise<number | null> {
    const topic = outputsOf[victim]
    if (topic === undefined) return Promise.resolve(null)
    const since = Date.now()
    return new Promise((resolve) => {
      const look = () => {
        const ms = Date.now() - since
        if (ms > stillUnderWayMs) resolve(ms)
        else this.#await(topic, look)
      }
      this.#await(topic, look)
    })
  }

  #await(topic: Topic, look: () => void): void {
    this.#awaited.set(topic, [...(this.#awaited.get(topic) ?? []), look])
  }

  /** What still has to happen before the chain is at rest; empty when nothing. */
  unrest(): string[] {
    const open: [string, number][] = [
      ['orders without a decision', this.undecided],
      ['revisions without findings', this.waitingFor('classifier')],
      ['open cases', this.#openCases.size],
      ['commands without an answer', this.#unanswered.size],
      ['notices without an outcome', this.waitingFor('notifier')],
      ['records that the trail does not cover', this.#toCover()],
      ['pending timers', this.#pendingTimers.size],
    ]
    return open.filter(([, count]) => count !== 0).map(([what, count]) => `${count} ${what}`)
  }

  #toCover(): number {
    const written = topics
      .filter((topic) => !outsideOfTheTrail.includes(topic))
      .reduce((sum, topic) => sum + (this.#counts.get(topic) as number), 0)
    return written - this.#covered
  }

  #distinct(topic: Topic): number {
    return (this.#orders.get(topic) as Set<string>).size
  }

  #take(record: LaneRecord<Topic>): void {
    const { topic, partition, offset } = record
    if (offset < (this.#positions.get(`${topic} ${partition}`) ?? 0)) return
    this.lastAt = Date.now()
    this.#counts.set(topic, (this.#counts.get(topic) as number) + 1)
    const awaited = this.#awaited.get(topic) ?? []
    this.#awaited.delete(topic)
    for (const look of awaited) look()
    if (this.#offered.has(record.key)) this.#orders.get(topic)?.add(record.key)
    switch (record.topic) {
      case 'timers.schedule.v1':
        if (record.value) this.#pendingTimers.add(record.key)
        else this.#pendingTimers.delete(record.key)
        break
      case 'audit.entries.v1':
        this.#covered += record.value?.count ?? 0
        break
      case 'desk.commands.v1':
        if (record.value && !this.#answered.has(record.value.commandId))
          this.#unanswered.add(record.value.commandId)
        break
      case 'cases.events.v1':
        if (record.value) this.#happened(record.value)
        break
    }
  }

  #happened({ caseId, commandId, type }: CaseEvent): void {
    if (type === 'OPENED' || type === 'REOPENED') this.#openCases.add(caseId)
    if (type === 'CLOSED') this.#openCases.delete(caseId)
    if (commandId === '') return
    this.#answered.add(commandId)
    this.#unanswered.delete(commandId)
  }
}
