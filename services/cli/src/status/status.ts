import { connect } from 'node:net'
import type { PolicyVersion, Summary } from '@holdpoint/desk-contract'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'
import { listOf } from '../terminal.ts'
import { clock } from '../times.ts'
import { askService, type WaitingLane } from './services.ts'

const answerWithinMs = 3_000

interface Answering {
  what: string
  where: string
  answers: boolean
  /** Why it is not ready, though it answers. */
  waitsFor: string[]
  waitingLanes: WaitingLane[]
}

export async function showStatus(session: Session): Promise<void> {
  const answering = await lookAround(session)
  const standing = answering.some(
    ({ what, answers, waitsFor }) => what === 'desk' && answers && !waitsFor.length,
  )
    ? await howThingsStand(session)
    : undefined
  session.show({ answering, ...standing }, () => statusText(answering, standing))
  if (answering.some(({ answers, waitsFor }) => !answers || waitsFor.length > 0)) session.no()
}

async function lookAround({ places, services }: Session): Promise<Answering[]> {
  const { kafka, registry, desk, intake } = places
  const looks: [what: string, where: string, look: Promise<boolean>][] = [
    ['kafka', kafka, anyBroker(kafka.split(','))],
    ['registry', registry, answers(`${registry}/subjects`)],
  ]
  const told = { waitsFor: [], waitingLanes: [] }
  return Promise.all([
    ...looks.map(async ([what, where, look]) => ({ what, where, answers: await look, ...told })),
    ...Object.entries({ ...services, desk, intake }).map(async ([what, where]) => ({
      what,
      where,
      ...(await askService(what, where)),
    })),
  ])
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerWithinMs) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

async function anyBroker(brokers: readonly string[]): Promise<boolean> {
  const found = await Promise.all(brokers.map(accepts))
  return found.includes(true)
}

function accepts(broker: string): Promise<boolean> {
  const at = broker.lastIndexOf(':')
  const socket = connect({
    host: broker.slice(0, at),
    port: Number(broker.slice(at + 1)),
    timeout: answerWithinMs,
  })
  return new Promise((resolve) => {
    for (const [event, answer] of [
      ['connect', true],
      ['error', false],
      ['timeout', false],
    ] as const)
      socket.once(event, () => {
        socket.destroy()
        resolve(answer)
      })
  })
}

interface Standing {
  summary: Summary
  policy: { version: number; title: string } | undefined
  openCases: number
  overdue: number
}

async function howThingsStand({ desk }: Session): Promise<Standing> {
  const [summary, policy] = await Promise.all([
    desk.get<Summary>('/summary'),
    desk.find<PolicyVersion>('/policy'),
  ])
  const cases = Object.values(summary.cases)
  return {
    summary,
    policy: policy && { version: policy.version, title: policy.title },
    openCases: cases.reduce((sum, { open }) => sum + open, 0),
    overdue: cases.reduce((sum, { overdue }) => sum + overdue, 0),
  }
}

function markOf({ answers, waitsFor }: Answering): string {
  if (!answers) return '✗ does not answer'
  return waitsFor.length === 0 ? '✓' : `✗ not ready, waits for ${waitsFor.join('; ')}`
}

const waitingText = ({ service, lane, why, since }: WaitingLane): string =>
  `lane ${lane} of ${service}, since ${clock(since)}: ${why}`

function statusText(answering: readonly Answering[], standing: Standing | undefined): string {
  const places = [
    ...answering.map((one) => [one.what, `${markOf(one)}  ${one.where}`] as const),
    ...answering
      .flatMap(({ waitingLanes }) => waitingLanes)
      .map((lane) => ['waiting', waitingText(lane)] as const),
  ]
  if (!standing) return listOf(places)
  const { summary, policy, openCases, overdue } = standing
  return listOf([
    ...places,
    ['policy', policy ? `version ${policy.version}, ${policy.title}` : 'none: holdpoint policy publish FILE'],
    [
      'orders',
      `${count(summary.orders)}: ${count(summary.proceeded)} proceed, ${count(summary.held)} held, ${count(summary.stopped)} stopped, ${count(summary.cancelled)} cancelled`,
    ],
    ['open cases', `${count(openCases)}, ${count(overdue)} of them late`],
    ['dead letters', count(Object.values(summary.deadLetters).reduce((sum, n) => sum + n, 0))],
  ])
}
