import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FollowOptions } from '@holdpoint/chassis'
import type { AuditCheckpoint } from '@holdpoint/schemas'
import { checkpointLine } from '../lines.ts'

/** Takes checkpoints where whoever has the private key cannot take them back. Rejects when it did not; then they come again. */
export type Witness = (checkpoints: readonly AuditCheckpoint[]) => Promise<void>

/** The witness did not take checkpoints. */
export class WitnessAway extends Error {
  readonly code = 'WITNESS_AWAY'
  readonly canRetry = true
}

const withinMs = 10_000

/** A file, to which lines are added, or an http(s) address, to which they are sent. Each line is as in a copy of the trail. */
export function openWitness(place: string): Witness {
  const isAddress = /^https?:$/.test(URL.parse(place)?.protocol ?? '')
  return async (checkpoints) => {
    const lines = checkpoints.map((checkpoint) => `${checkpointLine(checkpoint)}\n`).join('')
    if (isAddress) await post(place, lines)
    else {
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await appendFile(place, lines, { mode: 0o600, flush: true })
    }
  }
}

async function post(url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson' }
  const signal = AbortSignal.timeout(withinMs)
  const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' }).catch(
    (cause: unknown) => {
      throw new WitnessAway('The witness of the trail cannot be reached.', { cause })
    },
  )
  await answer.body?.cancel()
  if (!answer.ok) throw new WitnessAway(`The witness of the trail answers ${answer.status}.`)
}

/**
 * Tells a witness every checkpoint, also those that were signed while it was away or this process did not run: how far it
 * got is kept in a file. After a crash it may be told the last ones again.
 */
export function telling(witness: Witness, positionsFile: string): FollowOptions<'audit.checkpoints.v1'> {
  const positions = readPositions(positionsFile)
  return {
    topics: ['audit.checkpoints.v1'],
    from: (_topic, partition) => positions[partition] ?? 0,
    async onBatch(_topic, partition, records) {
      const checkpoints = records.flatMap((record) => readable(() => record.value) ?? [])
      if (checkpoints.length > 0) await witness(checkpoints)
      positions[partition] = (records.at(-1)?.offset ?? -1) + 1
      await mkdir(dirname(positionsFile), { recursive: true, mode: 0o700 })
      writeFileSync(`${positionsFile}.new`, JSON.stringify(positions), { mode: 0o600 })
      renameSync(`${positionsFile}.new`, positionsFile)
    },
  }
}

/** What others wrote to the topic is no checkpoint. */
function readable(read: () => AuditCheckpoint | null): AuditCheckpoint | undefined {
  try {
    return read() ?? undefined
  } catch {
    return undefined
  }
}

function readPositions(file: string): Record<number, number> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
