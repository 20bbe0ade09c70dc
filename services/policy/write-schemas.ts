/** Writes the JSON Schemas that editors use for policies and rosters. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { policyJsonSchema, rosterJsonSchema } from './src/editor/json-schemas.ts'
import { jsonText } from './src/editor/json-text.ts'

writeFileSync(join(import.meta.dirname, 'policy.schema.json'), jsonText(policyJsonSchema()))
writeFileSync(join(import.meta.dirname, 'roster.schema.json'), jsonText(rosterJsonSchema()))
