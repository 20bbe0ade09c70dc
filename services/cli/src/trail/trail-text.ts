import type { Proof } from '@holdpoint/audit'
import type { TrailStep, TrailStop, TrailView } from '@holdpoint/desk-contract'
import { printable } from '../terminal.ts'
import { clock, duration } from '../times.ts'

type Place = TrailStep['records'][number]

/** By place: the proof that the trail has of a record, or why it has none. */
export type Proofs = ReadonlyMap<string, Proof | { problem: string }>

export interface Shown {
  view: TrailView
  /** Whether each line is unfolded to its records. */
  records: boolean
  proofs: Proofs | undefined
}

export const placeName = ({ topic, partition, offset }: Place): string => `${topic}:${partition}:${offset}`

/** A story that can be read aloud, oldest first, and where the order stopped. */
export function trailText({ view, records, proofs }: Shown): string {
  const lines = view.steps.flatMap((step) => [
    `${clock(step.at)}  ${printable(step.text)}`,
    ...step.details.map((detail) => `${indent}${printable(detail)}`),
    ...(records ? step.records.flatMap((place) => placeLines(place, step.policyVersion, proofs)) : []),
  ])
  const stops = view.stops.map((stop) => `  ${stopText(stop)}`)
  const stopped = stops.length > 0 ? ['', 'Where it stopped:', ...stops] : ['', 'It stopped nowhere.']
  return `${[`${view.orderId}`, '', ...lines, ...stopped].join('\n')}\n`
}

const indent = ' '.repeat(18)

function placeLines(place: Place, policyVersion: number, proofs: Proofs | undefined): string[] {
  const rests = policyVersion > 0 ? `, policy version ${policyVersion}` : ''
  const lies = `${indent}· ${placeName(place)}${place.sha256 ? `  sha256 ${place.sha256}` : ''}${rests}`
  const proof = proofs?.get(placeName(place))
  if (!proof) return [lies]
  if ('problem' in proof) return [lies, `${indent}  not proved: ${printable(proof.problem)}`]
  const { partition, sequence, keyId, at } = proof.checkpoint
  const entry = sequence - proof.entries.length + 1
  return [
    lies,
    `${indent}  proved: entry ${partition}:${entry}, signed up to ${sequence} at ${clock(new Date(at).toISOString())} by key ${keyId.slice(0, 16)}`,
  ]
}

/** `shipping, from 2026-11-27 22:54 for 7 min: 5 min Sam Okafor had it, 2 min it waited for an answer` */
function stopText({ stage, from, to, ms, shares }: TrailStop): string {
  const lasts = to === null ? ', and still does' : ''
  const parts = shares
    .toSorted((a, b) => b.ms - a.ms)
    .map((share) => `${duration(share.ms)} ${shareWords(share)}`)
  return `${stage}, from ${clock(from)} for ${duration(ms)}${lasts}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`
}

function shareWords({ whose, who }: TrailStop['shares'][number]): string {
  switch (whose) {
    case 'somebody':
      return `${printable(who)} had it`
    case 'nobody':
      return 'nobody had it'
    case 'answer':
      return 'it waited for an answer'
    case 'closed':
      return 'whoever decides had closed'
    case 'holdpoint':
      return 'what was decided was on its way'
    case 'stopped':
      return 'it was stopped'
    default:
      return whose satisfies never
  }
}
