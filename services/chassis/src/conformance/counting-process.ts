import pino from 'pino'
import { runLanes } from '../kafka/run-lanes.ts'
import { localCodec } from '../memory/local-codec.ts'
import { createMetrics } from '../runtime/metrics.ts'
import { countingService } from './counting-service.ts'
import type { World } from './world.ts'
import { worldCodec } from './world-codec.ts'

/** One process of the counting service, to be killed: `node counting-process.ts <brokers> <service and topics as JSON>`. */
const [brokers = '', world = '{}'] = process.argv.slice(2)
const { service, topics }: Pick<World, 'service' | 'topics'> = JSON.parse(world)

const running = await runLanes(countingService({ service, topics }), {
  access: { brokers: brokers.split(','), clientId: service, log: pino({ level: 'warn' }) },
  codec: worldCodec(localCodec),
  metrics: createMetrics(service),
  fail(error) {
    process.stderr.write(`${error}\n`)
    process.exit(1)
  },
})

process.once('SIGTERM', async () => {
  await running.stop()
  process.exit(0)
})
