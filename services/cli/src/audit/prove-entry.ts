import { NotProvable, prove, type Wanted } from '@holdpoint/audit'
import { Failure, Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { withTrail } from './open-trail.ts'

export interface ProveOptions {
  from?: string
}

/** Prints a proof that can be checked without the trail and without this program. */
export async function proveEntry(session: Session, { from }: ProveOptions, what?: string): Promise<void> {
  const wanted = wantedOf(what as string)
  const [proof] = await withTrail(session, from, (trail) => prove(trail, [wanted]))
  if (proof instanceof NotProvable) throw new Failure(proof.code, proof.message)
  session.show(proof, () => `${JSON.stringify(proof, null, 2)}\n`)
}

/** `2:118`, or `orders.decisions.v1:2:17`. */
function wantedOf(what: string): Wanted {
  const [, topic, partition, number] = /^(?:([^:]+):)?(\d{1,9}):(\d{1,15})$/.exec(what) ?? []
  if (number === undefined)
    throw new Misuse(
      `"${what}" is neither an entry, such as 2:118 (chain and number), nor a record, such as orders.decisions.v1:2:17 ` +
        '(topic, partition and offset).',
    )
  if (topic === undefined) return { partition: Number(partition), sequence: Number(number) }
  return { topic, partition: Number(partition), offset: Number(number) }
}
