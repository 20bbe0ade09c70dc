import { withinInWords } from '../calendar/index.ts'
import type { ExceptionType, Level, Policy } from '../policy.ts'
import { listedInShort } from '../words/lists.ts'
import { saidIf } from './said.ts'

type Kept = readonly (readonly [type: string, was: ExceptionType, is: ExceptionType])[]

/** Who decides when the owner is late: most types have the ladder of their owner's role, so it is said once for them. */
export function ladderChanges(
  kept: Kept,
  before: Policy,
  after: Policy,
  nameOf: (one: ExceptionType) => string,
): string[] {
  const changed = kept.flatMap(([, was, is]) => {
    const sentence = (ladder: string) => `when ${is.owner} is late, ${ladder}`
    const said = isOfRole(was, is, before, after)
      ? []
      : saidIf(ladderInWords(was), ladderInWords(is), sentence)
    return said.map((line) => ({ name: nameOf(is), line }))
  })
  return [...Map.groupBy(changed, ({ line }) => line)].map(
    ([line, types]) => `${listedInShort(types.map(({ name }) => name))}: ${line}`,
  )
}

/** Whether all that changes is the backup of the owner's role, which is said of the role. */
function isOfRole(was: ExceptionType, is: ExceptionType, before: Policy, after: Policy): boolean {
  const [wasFirst, ...wasNext] = was.ladder
  const [isFirst, ...isNext] = is.ladder
  return (
    was.owner === is.owner &&
    wasFirst?.to === before.roles.get(is.owner)?.backup &&
    isFirst?.to === after.roles.get(is.owner)?.backup &&
    levelsInWords(wasNext) === levelsInWords(isNext)
  )
}

const ladderInWords = ({ ladder }: ExceptionType): string => levelsInWords(ladder) || 'nobody decides'

function levelsInWords(levels: readonly Level[]): string {
  return levels
    .map(({ to, after }) => (after === null ? `${to} decides` : `${to} ${withinInWords(after)} later`))
    .join(', then ')
}
