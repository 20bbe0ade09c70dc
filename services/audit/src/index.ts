export { type Copied, copyOf, nothingCopied } from './copy.ts'
export { openSpill } from './edge/spill.ts'
export { type Expected, together } from './expected.ts'
export {
  checkExtract,
  type ExtractFormat,
  emptyManifest,
  extractFormatOf,
  extractOf,
  type Manifest,
} from './extract.ts'
export { expectedOf, grow, type Pins, readPins, writePins } from './pins.ts'
export { NotProvable, type Proof, prove, type Wanted } from './prove.ts'
export { trailOfCopy } from './read-copy.ts'
export type { ChainReport, Finding, FindingCode, RecordsReport, Report, Unjudged, Verdict } from './report.ts'
export {
  type OrderKeys,
  type RevealedCounts,
  readOrderKeys,
  reveal,
  revealedLine,
  revealedText,
} from './reveal.ts'
export { type CoveredRecord, type Found, type Trail, trailOfTopics, type Unreadable } from './trail.ts'
export { type VerifyOptions, verify } from './verify.ts'
