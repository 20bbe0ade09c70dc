import { NotProvable, type Proof, prove } from '@holdpoint/audit'
import type { TrailView } from '@holdpoint/desk-contract'
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
      return [placeName(place), proof instanceof NotProvable ? { problem: proof.message } : proof]
    }),
  )
}
