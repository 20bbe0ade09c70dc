/** The table of the notifier's README: a case that nobody touches from Friday evening on. */
import { readFileSync } from 'node:fs'
import { parsePolicy } from '@holdpoint/policy'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import type { NoticeRequest } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { pendingTimers } from '../messages/timers.ts'
import { given, hour } from '../testing/given.ts'

const sample = (name: string) =>
  readFileSync(new URL(`../../../../infra/samples/${name}`, import.meta.url), 'utf8')
const readme = readFileSync(new URL('../../../notifier/README.md', import.meta.url), 'utf8')

const friday = Date.UTC(2026, 2, 6, 17)
const tuesday = Date.UTC(2026, 2, 10, 18)

test('who gets what, and when, is what the README of the notifier says', () => {
  expect(/<!-- weekend -->\n([\s\S]*?)<!-- \/weekend -->/.exec(readme)?.[1]).toBe(table(theWeekend()))
})

/** Every message of the weekend, in its order; each arrives at once. */
function theWeekend(): NoticeRequest[] {
  const order = given({ policies: [policyOf()], staff: staffOf(), judges: true })
  order.now = friday
  order.revised({
    set: {
      ...{ 'customer.country': 'GB', 'shipping.country': 'US', 'shipping.postalCode': '02108' },
      ...{ 'payment.country': 'GB', 'payment.method': 'card', 'shipping.method': 'parcel' },
    },
  })
  const sent: NoticeRequest[] = []
  let seen = 0
  const deliver = () => {
    for (; seen < order.steps.length; seen++)
      for (const { topic, value } of order.steps[seen]?.publish ?? [])
        if (topic === 'notices.requested.v1' && value) sent.push(value)
  }
  let delivered = 0
  for (;;) {
    deliver()
    for (; delivered < sent.length; delivered++) {
      const { noticeId, attempt } = sent[delivered] as NoticeRequest
      order.noticeEnds({ noticeId, attempt })
    }
    const next = Math.min(...[...pendingTimers(order.state).values()].map(({ dueAt }) => dueAt))
    if (next > tuesday) return sent
    order.waits(Math.max(next - order.now, 0))
  }
}

function policyOf() {
  const read = parsePolicy(sample('wholesaler.policy.yaml'))
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return read.policy
}

function staffOf() {
  const read = parseRoster(sample('roster.yaml'))
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return { version: 1, roster: compileRoster(read.roster) }
}

const clock = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' },
})

function table(sent: readonly NoticeRequest[]): string {
  const rows = sent.map(({ at, toName, channel, subject, paragraphs }) => {
    const said = paragraphs.filter(({ kind }) => kind === 'TEXT').map(({ text }) => text)
    return `| ${clock.format(at)} | ${toName} | ${channel.toLowerCase()} | ${subject} | ${said.slice(said.length > 1 ? 1 : 0).join(' ')} |`
  })
  return `| when | to | by | subject | says |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

test('the weekend is quiet', () => {
  const night = theWeekend().filter(
    ({ at, recipient }) => recipient === 'STAFF' && at - friday < 60 * hour && at > friday,
  )
  expect(night).toEqual([])
})
