import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Blocks } from '../rows.ts'

export interface Spill {
  blocks: Blocks
  close(): void
}

/**
 * A file for blocks of any size, for its owner's eyes only. Its name is gone as soon as it is open, so that nothing is left of
 * it whatever becomes of the process. Raises what the system says of the folder, or of a full disk.
 */
export function openSpill(folder = tmpdir()): Spill {
  const own = mkdtempSync(join(folder, 'holdpoint-audit-'))
  const file = openSync(join(own, 'blocks'), 'wx+', 0o600)
  rmSync(own, { recursive: true })
  let end = 0
  return {
    blocks: {
      keep(bytes) {
        const start = end
        for (let done = 0; done < bytes.length; )
          done += writeSync(file, bytes, done, bytes.length - done, start + done)
        end += bytes.length
        return start
      },
      read(start, into) {
        for (let done = 0; done < into.length; ) {
          const read = readSync(file, into, done, into.length - done, start + done)
          if (read === 0) throw new Error('A block is shorter than it was written.')
          done += read
        }
      },
    },
    close: () => closeSync(file),
  }
}
