import type { ExceptionShape } from './shape.ts'
import type { SoundParts } from './sound-parts.ts'
import type { YamlSource } from './yaml-source.ts'

/** One exception type, and where to report what is wrong with it. */
export interface Checked {
  type: string
  one: Partial<ExceptionShape>
  parts: SoundParts
  source: YamlSource
}
