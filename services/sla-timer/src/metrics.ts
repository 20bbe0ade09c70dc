import { Counter, Gauge, Histogram, type Registry } from '@holdpoint/chassis'
import type { LanesObserver } from './handlers.ts'

interface Log {
  info(about: object, message: string): void
  warn(about: object, message: string): void
  error(about: object, message: string): void
}

/** Measures and logs what the lanes tell. */
export function timerMetrics(registry: Registry, log: Log): LanesObserver {
  const registers = [registry]
  const pending = new Gauge({
    name: 'holdpoint_timers_pending',
    help: 'Timers that have not fired.',
    labelNames: ['partition'],
    registers,
  })
  const lateness = new Histogram({
    name: 'holdpoint_timer_lateness_seconds',
    help: 'Time from when a timer was due to the acknowledgement of its fire.',
    buckets: [0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.5, 1, 10, 60, 3600],
    registers,
  })
  const fired = new Counter({
    name: 'holdpoint_timers_fired_total',
    help: 'Fires that were acknowledged, repeats included.',
    registers,
  })
  const rebuilds = new Counter({
    name: 'holdpoint_timer_rebuilds_total',
    help: 'Lanes that were built again from the topic, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const unreadable = new Counter({
    name: 'holdpoint_timers_unreadable_total',
    help: 'Records of timers.schedule.v1 that schedule nothing because they cannot be read.',
    registers,
  })
  return {
    opened(partition, from, rebuild) {
      if (rebuild) rebuilds.inc({ reason: rebuild })
      log.info({ partition, from, rebuild }, rebuild ? 'lane is built again from the topic' : 'lane goes on')
    },
    closed: (partition) => pending.remove({ partition }),
    pending: (partition, count) => pending.set({ partition }, count),
    fired(late) {
      fired.inc(late.length)
      for (const ms of late) lateness.observe(ms / 1000)
    },
    unreadable(partition, offset, why) {
      unreadable.inc()
      log.error({ partition, offset, why }, 'a record of timers.schedule.v1 schedules nothing')
    },
    trouble: (partition, error) => log.warn({ partition, err: error }, 'the lane has trouble; trying again'),
  }
}
