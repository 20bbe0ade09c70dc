import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import { type Tally, tallyOf } from './tally.ts'
import { type Tracking, trackedRun } from './tracked-run.ts'

/** The short run of chaos, with servers of its own, for it kills them. */
export async function runChaos(tracking: Tracking): Promise<Tally> {
  const program = join(repository, 'test', 'chaos', 'main.ts')
  const { code, output } = await trackedRun([...process.execArgv, program, '--short'], {}, tracking)
  const tally = tallyOf(output, code)
  return tally.failed > 0 ? { ...tally, failures: ['chaos: see its laws above'] } : tally
}
