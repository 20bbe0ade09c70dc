import { connect } from 'node:net'
import type { PolicyVersion, Summary } from '../desk/answers.ts'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'
import { listOf } from '../terminal.ts'

const answerWithinMs = 3_000

interface Answering {
  what: string
  where: string
  answers: boolean
}

export async function showStatus(session: Session): Promise<void> {
  const answering = await lookAround(session)
  const standing = answering.find(({ what }) => what === 'desk')?.answers
    ? await howThingsStand(session)
    : undefined
  session.show({ answering, ...standing }, () => statusText(answering, standing))
  if (answering.some(({ answers }) => !answers)) session.no()
}

async function lookAround({ places }: Session): Promise<Answering[]> {
  const looks: [string, string, Promise<boolean>][] = [
    ['kafka', places.kafka, anyBroker(places.kafka.split(','))],
    ['registry', places.registry, answers(`${places.registry}/subjects`)],
    ['desk', places.desk, answers(`${places.desk}/readyz`)],
    ['intake', places.intake, answers(`${places.intake}/readyz`)],
  ]
  return Promise.all(looks.map(async ([what, where, look]) => ({ what, where, answers: await look })))
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

function statusText(answering: readonly Answering[], standing: Standing | undefined): string {
  const places = answering.map(
    ({ what, where, answers }) => [what, `${answers ? '✓' : '✗ does not answer'}  ${where}`] as const,
  )
  if (!standing) return listOf(places)
  const { summary, policy, openCases, overdue } = standing
  return listOf([
    ...places,
    ['policy', policy ? `version ${policy.version}, ${policy.title}` : 'none: holdpoint policy publish FILE'],
    [
      'orders',
      `${count(summary.orders)}: ${count(summary.proceeded)} proceed, ${count(summary.held)} held, ${count(summary.stopped)} stopped`,
    ],
    ['open cases', `${count(openCases)}, ${count(overdue)} of them late`],
    ['dead letters', count(Object.values(summary.deadLetters).reduce((sum, n) => sum + n, 0))],
  ])
}
