import type { Path } from '../reading/yaml-source.ts'

/** Something in a roster that is allowed, and probably not meant. */
export interface Doubt {
  /** Where it stands in the file. */
  path: Path
  message: string
  hint: string
}
