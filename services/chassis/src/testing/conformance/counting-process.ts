import pino from 'pino'
import type { LaneStep } from '../../kafka/log/lane-steps.ts'
import { runLanes } from '../../kafka/run-lanes.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { localCodec } from '../memory/local-codec.ts'
import { countingService } from './counting-service.ts'
import type { World } from './world.ts'
import { worldCodec } from './world-codec.ts'

/** What one process of the counting service is told, as JSON in its second argument. */
export interface CountingProcess extends Pick<World, 'service' | 'topics'> {
  /** It dies by SIGKILL when it has done this so many times. */
  diesAt?: { step: LaneStep; times: number }
}

/** One process of the counting service, to be killed: `node counting-process.ts <brokers> <CountingProcess>`. */
const [brokers = '', told = '{}'] = process.argv.slice(2)
const { service, topics, diesAt }: CountingProcess = JSON.parse(told)
let times = 0

const running = await runLanes(countingService({ service, topics }), {
  access: { brokers: brokers.split(','), clientId: service, log: pino({ level: 'warn' }) },
  codec: worldCodec(localCodec),
  metrics: createMetrics(service),
  at(step) {
    if (step === diesAt?.step && ++times === diesAt.times) process.kill(process.pid, 'SIGKILL')
  },
  fail(error) {
    process.stderr.write(`${error}\n`)
    process.exit(1)
  },
})

process.once('SIGTERM', async () => {
  await running.stop()
  process.exit(0)
})
