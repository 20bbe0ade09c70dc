import { type LaneReading, runService } from '@holdpoint/chassis'
import { readConfig } from './config.ts'
import { watchedRedis } from './edge/redis-connection.ts'
import { redisTimerStore } from './edge/redis-store.ts'
import { timerLanes } from './handlers.ts'
import { watchTrouble } from './in-trouble.ts'
import { timerMetrics } from './metrics.ts'

const config = readConfig()
await runService({
  name: 'sla-timer',
  config,
  async start(runtime) {
    const store = redisTimerStore(watchedRedis(config.REDIS_URL, runtime))
    const publisher = await runtime.publisher()
    const observer = watchTrouble(timerMetrics(runtime.metrics, runtime.log))
    runtime.readyWhen('Redis and Kafka to take what the lanes give them', observer.none)
    const reopen = (partition: number) => void reading.then((lanes) => lanes.reopen(partition))
    const reading: Promise<LaneReading> = runtime.laneReader(
      timerLanes({ store, publisher, reopen, observer }),
    )
    await reading
  },
})
