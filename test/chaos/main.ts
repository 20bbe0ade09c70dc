/**
 * `npm run chaos`: the whole product under a stream of orders while its processes are killed, and then a proof, from
 * the records alone, that nothing was lost, doubled or put out of order.
 */
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataRoot, messageFor } from '@holdpoint/local'
import { type Tally, tallyLine } from '../harness/tally.ts'
import { type ChaosOptions, readOptions } from './options.ts'
import { printReport, verdicts } from './report.ts'
import { runChaos } from './run.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const tally = await chaos(readOptions()).catch(failed)
say(tallyLine(tally))
process.exit(tally.failed > 0 ? 1 : 0)

async function chaos(options: ChaosOptions): Promise<Tally> {
  const report = await runChaos(options)
  printReport(report, say)
  const json = options.json ?? join(dataRoot, 'chaos', 'result.json')
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
  if (options.keep) cpSync(join(dataRoot, 'chaos', 'recording'), options.keep, { recursive: true })
  const all = verdicts(report)
  const passed = all.filter(({ holds }) => holds).length
  return { passed, failed: all.length - passed }
}

function failed(error: unknown): Tally {
  say(messageFor(error))
  return { passed: 0, failed: 1 }
}
