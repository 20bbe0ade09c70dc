import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decodedRecords, recordsIn } from './recording.ts'

export interface RecordingPlace {
  brokers: string
  registryUrl: string
  /** Java with its compiler, and the folder with Kafka's own client. */
  java: string
  jars: string
}

/**
 * Copies every record of the topics into a folder, read by Kafka's Java client, with the schemas that the
 * registry has for them.
 */
export async function record(
  place: RecordingPlace,
  topics: readonly string[],
  folder: string,
): Promise<void> {
  const file = join(folder, 'records.bin')
  const program = join(import.meta.dirname, 'ReadRecords.java')
  const args = ['-cp', join(place.jars, '*'), program, place.brokers, file, ...topics]
  await promisify(execFile)(place.java, args, { maxBuffer: 64 * 1024 * 1024 })
  const ids = new Set<number>()
  for (const { value } of recordsIn(file))
    if (value && value.length > 5 && value[0] === 0) ids.add(value.readInt32BE(1))
  writeFileSync(join(folder, 'schemas.json'), JSON.stringify(await schemas(place.registryUrl, ids)))
}

/** The records of a folder, decoded. */
export const recordsOf = (folder: string) =>
  decodedRecords(join(folder, 'records.bin'), join(folder, 'schemas.json'))

/** What the registry has under the ids; bytes that are no message may name any. */
async function schemas(registryUrl: string, ids: ReadonlySet<number>): Promise<Record<number, unknown>> {
  const known: Record<number, unknown> = {}
  for (const id of [...ids].sort((a, b) => a - b)) {
    const response = await fetch(`${registryUrl}/schemas/ids/${id}`)
    if (response.ok) known[id] = JSON.parse(((await response.json()) as { schema: string }).schema)
    else if (response.status !== 404)
      throw new Error(`The registry answers ${response.status} for schema ${id}.`)
  }
  return known
}
