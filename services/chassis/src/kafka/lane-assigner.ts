import { AssignerProtocol, type Cluster, type GroupMember, type PartitionAssigner } from 'kafkajs'
import { ChassisError } from '../errors.ts'

const name = 'HoldpointLanes'
const version = 1

/**
 * Gives each member whole lanes: the same partition number of every topic. A member says which lanes it has, and
 * keeps what it can. A topic with one partition belongs to lane 0.
 */
export function laneAssigner(owned: () => Iterable<number>): PartitionAssigner {
  return ({ cluster }: { cluster: Cluster }) => ({
    name,
    version,
    protocol({ topics }) {
      const userData = Buffer.from(JSON.stringify([...owned()]))
      return { name, metadata: AssignerProtocol.MemberMetadata.encode({ version, topics, userData }) }
    },
    async assign({ members, topics }) {
      const counts = new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).length]))
      const lanes = laneCount(counts)
      const given = shareLanes(lanes, new Map(members.map((member) => [member.memberId, lanesOf(member)])))
      return [...given].map(([memberId, mine]) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version,
          assignment: partitionsOf(mine, counts),
          userData: Buffer.alloc(0),
        }),
      }))
    },
  })
}

/** Number of lanes of co-partitioned topics; raises LANES_DO_NOT_MATCH when they are not. */
export function laneCount(counts: ReadonlyMap<string, number>): number {
  const lanes = Math.max(0, ...counts.values())
  const wrong = [...counts].filter(([, count]) => count !== lanes && count !== 1)
  if (wrong.length === 0) return lanes
  const list = wrong.map(([topic, count]) => `${topic} has ${count}`).join(', ')
  throw new ChassisError(
    'LANES_DO_NOT_MATCH',
    `All topics of a service must have the same number of partitions: ${list}, others have ${lanes}. ` +
      'Records of one order would be handled in different lanes; create the topics anew with one number.',
  )
}

/** Shares lanes evenly; a member keeps lanes that it has, as far as its share goes. */
export function shareLanes(
  lanes: number,
  members: ReadonlyMap<string, readonly number[]>,
): Map<string, number[]> {
  const ids = [...members.keys()].sort()
  const free = new Set(Array.from({ length: lanes }, (_, lane) => lane))
  const given = new Map<string, number[]>(ids.map((id) => [id, []]))
  const keep = (id: string, most: number) => {
    const mine = given.get(id) as number[]
    for (const lane of members.get(id) ?? []) if (mine.length < most && free.delete(lane)) mine.push(lane)
  }
  const least = Math.floor(lanes / ids.length)
  for (const id of ids) keep(id, least)
  let spare = lanes - least * ids.length
  for (const id of ids) {
    const before = given.get(id)?.length ?? 0
    if (spare > 0 && before === least) {
      keep(id, least + 1)
      if ((given.get(id)?.length ?? 0) > before) spare--
    }
  }
  giveRest([...free], given, least, spare)
  return given
}

function giveRest(free: number[], given: Map<string, number[]>, least: number, spare: number): void {
  for (const mine of given.values()) while (mine.length < least) mine.push(free.shift() as number)
  for (const mine of given.values())
    if (spare > 0 && mine.length === least) {
      const lane = free.shift()
      if (lane === undefined) return
      mine.push(lane)
    }
}

/** The lanes that a member says it has; none when it says nothing that can be read. */
function lanesOf({ memberMetadata }: GroupMember): number[] {
  try {
    const lanes = JSON.parse(String(AssignerProtocol.MemberMetadata.decode(memberMetadata)?.userData))
    return Array.isArray(lanes) ? lanes.filter((lane) => Number.isInteger(lane)) : []
  } catch {
    return []
  }
}

function partitionsOf(lanes: readonly number[], counts: ReadonlyMap<string, number>) {
  const assignment: Record<string, number[]> = {}
  for (const [topic, count] of counts) {
    const mine = lanes.filter((lane) => lane < count)
    if (mine.length > 0) assignment[topic] = mine
  }
  return assignment
}
