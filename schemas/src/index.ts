export { type CaseEventParts, type CaseHappening, happeningOf } from './case-happening.ts'
export * from './catalogue.ts'
export { type Codec, createCodec } from './codec.ts'
export {
  canonicalDecimal,
  decimalOf,
  lineTotal,
  orderTotal,
  orderUnits,
  smallUnitsOf,
  unitsOf,
} from './decimal.ts'
export { canonicalJson, canonicalOrder, orderDigest, orderSeen, sha256, viewDigest } from './digest.ts'
export { DuplicateName, parseJson } from './duplicate-key.ts'
export {
  RegistryAway,
  RegistryRefused,
  SchemaNotResolved,
  Undecodable,
  type UndecodableCode,
  Unencodable,
} from './errors.ts'
export {
  aheadProblems,
  CORRECTION_SOURCE,
  eventProblems,
  farFromOrder,
} from './event-problems.ts'
export { isDiscount, type ValueProblem, valueProblems } from './field-values.ts'
export { fromJson, type JsonProblem } from './from-json.ts'
export type * from './generated/types.ts'
export {
  noSuchDay,
  noSuchTime,
  readDay,
  readInstant,
  type TimeProblem,
} from './instant.ts'
export { loadSchema } from './load.ts'
export { maxInstant } from './logical-types.ts'
export { isMailAddress } from './mail-address.ts'
export { maxBytesOf, messageReader, messageWriter, ownSchema, schemaIdOf } from './message-bytes.ts'
export { canFollow, mostMissing } from './numbering.ts'
export type { FieldType, OrderField } from './order-fields.ts'
export {
  type Difference,
  diffOrders,
  fieldMatches,
  instantOf,
  isField,
  orderFields,
  readField,
  writeField,
} from './order-path.ts'
export { type HashedRecord, recordHash } from './record-hash.ts'
export { subjectOf } from './registry.ts'
export { typeOfTopic } from './schema-type.ts'
export { minorDigits, shownAmount } from './shown-amount.ts'
export { toJson } from './to-json.ts'
export { type NotUtf8, readUtf8, type TextRead, Utf8Reader } from './utf8.ts'
export { idFault, isBlank, shortened } from './visible-text.ts'
