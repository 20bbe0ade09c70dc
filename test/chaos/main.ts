/**
 * `npm run chaos`: the whole product under a stream of orders while its processes are killed, and then a proof, from
 * the records alone, that nothing was lost, doubled or put out of order.
 */
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataRoot } from '@holdpoint/local'
import { tallyLine } from '../harness/tally.ts'
import { readOptions } from './options.ts'
import { printReport, verdicts } from './report.ts'
import { runChaos } from './run.ts'

const options = readOptions()
const report = await runChaos(options)
printReport(report, (line) => process.stdout.write(`${line}\n`))
writeFileSync(options.json ?? join(dataRoot, 'chaos', 'result.json'), `${JSON.stringify(report, null, 2)}\n`)
if (options.keep) cpSync(join(dataRoot, 'chaos', 'recording'), options.keep, { recursive: true })
const failed = verdicts(report).filter(({ holds }) => !holds).length
process.stdout.write(`${tallyLine({ passed: verdicts(report).length - failed, failed })}\n`)
process.exit(failed > 0 ? 1 : 0)
