import { NotProvable, type Proof, prove } from '@holdpoint/audit'
import type { TrailView } from '@holdpoint/desk-contract'
import { recordHash } from '@holdpoint/schemas'
import { withTrail } from '../audit/open-trail.ts'
import { deskPath } from '../desk/path.ts'
import type { Session } from '../session.ts'
import { type Proofs, placeName, type Shown, trailText } from './trail-text.ts'

export interface TrailOptions {
  records?: boolean
  proof?: boolean
}

/** The story of an order; with `proof`, how each of its records lies under a signature. */
export async function showTrail(session: Session, options: TrailOptions, orderId?: string): Promise<void> {
  const view = await session.desk.get<TrailView>(`${deskPath('orders', orderId as string)}/trail`)
  const proofs = options.proof ? await proofsOf(session, view) : undefined
  const shown: Shown = { view, records: options.records === true || proofs !== undefined, proofs }
  session.show(proofs ? { ...view, proofs: Object.fromEntries(proofs) } : view, () => trailText(shown))
  if (proofs && [...proofs.values()].some((proof) => 'problem' in proof)) session.cannotSay()
}

async function proofsOf(session: Session, { steps }: TrailView): Promise<Proofs> {
  const covered = steps.flatMap(({ records }) => records).filter(({ sha256 }) => sha256 !== null)
  const places = [...new Map(covered.map((place) => [placeName(place), place])).values()]
  const proofs = await withTrail(session, undefined, (trail) => prove(trail, places))
  return new Map(
    places.map((place, i) => {
      const proof = proofs[i] as Proof | NotProvable
      if (proof instanceof NotProvable) return [placeName(place), { problem: proof.message }]
      return [placeName(place), isTheSame(proof, place.sha256) ? proof : { problem: anotherRecord }]
    }),
  )
}

const anotherRecord =
  'The desk has read another record here than the one that the trail covers. Have it read the topics anew (--rebuild).'

/** The desk tells what it has read; the proof is of what lies in the topic. */
function isTheSame({ record }: Proof, sha256: string | null): boolean {
  if (!record) return false
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, 'base64'))
  const { offset, timestamp, key, value } = record
  const hash = recordHash({ offset, timestamp, keyBytes: bytes(key), valueBytes: bytes(value) })
  return hash.toString('hex') === sha256
}
