import type { Path } from '../reading/yaml-source.ts'
import type { Doubt } from './doubt.ts'
import type { Person } from './roster.ts'
import { type DecidedType, type Lacking, undecidable, undecidableInWords } from './undecidable.ts'

/** Field of an exception type that a kind of case comes from. */
const fields: Readonly<Record<Lacking, string>> = {
  approvals: 'approvals',
  'own-correction': 'four-eyes',
  'own-request': 'requested-by',
}

/** Cases of a policy that their owner role could not decide, as these people have the roles; absences do not count. */
export function policyDoubts(types: Iterable<DecidedType>, people: readonly Person[]): Doubt[] {
  const peopleOf = (role: string) => people.filter(({ roles }) => roles.includes(role))
  return [...types].flatMap((type) =>
    undecidable(type, peopleOf).map((one) => ({
      path: ['exceptions', type.type, fields[one.what]] as Path,
      message: `"${type.name}": ${undecidableInWords(one, type)}`,
      hint: `give the role ${type.owner} to somebody else, too, if that is not meant`,
    })),
  )
}
