import { createRequire } from 'node:module'

interface Lookup {
  groupId: string
  coordinatorType: number
}

/** The client's own class for its connections to a cluster, as far as it is used here. */
interface Cluster {
  findGroupCoordinatorMetadata(lookup: Lookup): Promise<unknown>
}

const transaction = 1
const rememberMs = 1_000

interface Known {
  until: number
  answer: Promise<unknown>
}

let isInstalled = false

/**
 * Lets the client remember for a second which broker coordinates a transactional id. It asks anew before each of
 * three steps of a transaction, which is three of its nine requests. A coordinator that moved is found again when the
 * second is over.
 */
export function rememberTransactionCoordinators(): void {
  if (isInstalled) return
  isInstalled = true
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/cluster') as { prototype: Cluster }
  const ask = prototype.findGroupCoordinatorMetadata
  const known = new WeakMap<Cluster, Map<string, Known>>()

  prototype.findGroupCoordinatorMetadata = function (this: Cluster, lookup: Lookup) {
    if (lookup.coordinatorType !== transaction) return ask.call(this, lookup)
    const mine = known.get(this) ?? new Map<string, Known>()
    known.set(this, mine)
    const found = mine.get(lookup.groupId)
    if (found && found.until > Date.now()) return found.answer
    const answer = ask.call(this, lookup)
    mine.set(lookup.groupId, { until: Date.now() + rememberMs, answer })
    answer.catch(() => mine.delete(lookup.groupId))
    return answer
  }
}
