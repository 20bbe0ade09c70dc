import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, connect, type LaneRecord, type Publisher } from '@holdpoint/chassis'
import { repository } from '@holdpoint/local'
import type { Decision, OrderEvent } from '@holdpoint/schemas'
import { fromJson } from '@holdpoint/schemas'
import { startTestServices, type TestServices, until } from '../harness/index.ts'
import { type Person, signIn } from './person.ts'

const watched = [
  'orders.decisions.v1',
  'orders.revisions.v1',
  'cases.findings.v1',
  'cases.events.v1',
  'orders.inbound.v1.dlq',
  'router.dlq.v1',
] as const
type Watched = (typeof watched)[number]
type Seen<T extends Watched> = Extract<LaneRecord<Watched>, { topic: T }>

/** What a test changes in the text of the sample policy. */
type PolicyEdit = (sample: string) => string

/** A company with every service running, its people signed in at will, and its topics watched. */
export class Company {
  readonly services: TestServices
  readonly kafka: Connection
  readonly upstream: Publisher
  readonly #seen: LaneRecord<Watched>[] = []

  private constructor(services: TestServices, kafka: Connection, upstream: Publisher) {
    this.services = services
    this.kafka = kafka
    this.upstream = upstream
  }

  static async open(policy: PolicyEdit = (sample) => sample): Promise<Company> {
    const services = await startTestServices()
    const { kafkaBrokers, schemaRegistryUrl } = services.servers
    const kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
    const company = new Company(services, kafka, await kafka.publisher())
    await kafka.follow({
      topics: watched,
      from: () => 0,
      onBatch: async (_topic, _partition, records) => void company.#seen.push(...records),
    })
    await company.#publishRules(policy)
    return company
  }

  as(subject: string): Promise<Person> {
    return signIn(this.services.deskUrl, subject)
  }

  /** Sends an order event as JSON through the HTTP door. Gives the status. */
  async send(orderId: string, event: Record<string, unknown>): Promise<number> {
    const response = await fetch(`${this.services.intakeUrl}/v1/orders/${orderId}/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...event, orderId }),
    })
    return response.status
  }

  /** All records of a topic about one order, in order. */
  seen<T extends Watched>(topic: T, orderId: string): Seen<T>[] {
    return this.#seen.filter((record): record is Seen<T> => record.topic === topic && record.key === orderId)
  }

  /** The values that a topic holds about one order, once there are at least so many. */
  values<T extends Watched>(
    topic: T,
    orderId: string,
    atLeast = 1,
  ): Promise<NonNullable<Seen<T>['value']>[]> {
    return until(`${atLeast} records of ${topic} for ${orderId}`, () => {
      const values = this.seen(topic, orderId).flatMap(({ value }) => value ?? [])
      return values.length >= atLeast ? (values as NonNullable<Seen<T>['value']>[]) : undefined
    })
  }

  /** The last decision, once it gives these verdicts. */
  decided(orderId: string, verdicts: Record<string, string>): Promise<Decision> {
    return until(`${orderId} decided as ${JSON.stringify(verdicts)}`, () => {
      const last = this.decisions(orderId).at(-1)
      const matches = last?.verdicts.every(({ stage, verdict }) => verdicts[stage] === verdict)
      return matches ? last : undefined
    })
  }

  /** The last decision, once it is about that revision and gives these verdicts. */
  revised(orderId: string, revision: number, verdicts: Record<string, string>): Promise<Decision> {
    return until(`revision ${revision} of ${orderId} decided as ${JSON.stringify(verdicts)}`, async () => {
      const last = await this.decided(orderId, verdicts)
      return last.revision === revision ? last : undefined
    })
  }

  decisions(orderId: string): Decision[] {
    return this.seen('orders.decisions.v1', orderId).flatMap(({ value }) => value ?? [])
  }

  async close(): Promise<void> {
    await this.kafka.stop()
    await this.services.stop()
  }

  /** Publishes the sample policy with a change. Gives the version, which comes into force a moment later. */
  async publishPolicy(edit: PolicyEdit): Promise<number> {
    const author = await this.#somebodyWhoPublishes()
    const text = edit(readSample('wholesaler.policy.yaml'))
    return (await author.post<{ version: number }>('/policy', { text, reason: 'For tests' })).version
  }

  async #publishRules(edit: PolicyEdit): Promise<void> {
    const author = await this.#somebodyWhoPublishes()
    const version = await this.publishPolicy(edit)
    await author.post('/roster', { text: readSample('roster.yaml'), reason: 'For tests' })
    await until('the roster is known', async () =>
      (await this.#people()).some(({ subject }) => subject === 'fiona'),
    )
    await this.#untilInForce(version)
  }

  /** The administrator before there is a roster, the order manager afterwards. */
  async #somebodyWhoPublishes(): Promise<Person> {
    const author = (await this.#people()).find(({ roles }) => roles.includes('order-manager'))
    if (!author) throw new Error('Nobody may publish a policy.')
    return this.as(author.subject)
  }

  async #people(): Promise<{ subject: string; roles: string[] }[]> {
    const response = await fetch(`${this.services.deskUrl}/api/v1/people`)
    return ((await response.json()) as { people: { subject: string; roles: string[] }[] }).people
  }

  /** The classifier takes a policy up a moment after it was published: probes tell when. */
  async #untilInForce(version: number): Promise<void> {
    await until(`policy version ${version} is in force`, async () => {
      const orderId = newOrderId()
      await this.send(orderId, storyEvent('1-place.json'))
      const [decision] = await this.values('orders.decisions.v1', orderId)
      return decision?.policyVersion === version
    })
  }
}

export function newOrderId(): string {
  return `SO-${randomUUID().slice(0, 8)}`
}

/** An event of the seed story as its file has it, with an id of its own. */
export function storyEvent(file: string): Record<string, unknown> {
  return { ...(JSON.parse(readSample(join('story', file))) as object), eventId: randomUUID() }
}

/** The same decoded, for sending over Kafka. */
export function placed(orderId: string, change: Partial<OrderEvent> = {}): OrderEvent {
  const read = fromJson('orders.inbound.v1', { ...storyEvent('1-place.json'), orderId })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return { ...read.value, ...change }
}

function readSample(name: string): string {
  return readFileSync(join(repository, 'infra', 'samples', name), 'utf8')
}
