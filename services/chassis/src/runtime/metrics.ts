import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const amounts = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500]

/**
 * How often Node looks how late its event loop is; `nodejs_eventloop_lag_*` are that much at least. The library's own
 * 10 ms wake an idle process a hundred times a second, which is most of what it then costs.
 */
const lagSampledEveryMs = 100

export type ChassisMetrics = ReturnType<typeof createMetrics>

/** What every service measures. The service's name is a label of all of it. */
export function createMetrics(service: string) {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: lagSampledEveryMs })
  const registers = [registry]
  return {
    registry,
    lag: new Gauge({
      name: 'holdpoint_lag_records',
      help: 'Records that wait to be handled.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    lanes: new Gauge({
      name: 'holdpoint_lanes',
      help: 'Lanes of this process by what they do: preparing, running or waiting.',
      labelNames: ['status'],
      registers,
    }),
    laneWaiting: new Gauge({
      name: 'holdpoint_lane_waiting_seconds',
      help: 'For how long a lane has been waiting for something that its next record needs; absent while it goes on.',
      labelNames: ['partition'],
      registers,
    }),
    batchRecords: new Histogram({
      name: 'holdpoint_batch_records',
      help: 'Records of a batch.',
      buckets: amounts,
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'holdpoint_batch_seconds',
      help: 'Time that handlers took for a batch.',
      buckets: seconds,
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'holdpoint_commit_seconds',
      help: 'Time from the first byte of a write of a lane until Kafka has acknowledged it.',
      buckets: seconds,
      registers,
    }),
    outcomes: new Counter({
      name: 'holdpoint_outcomes_total',
      help: 'Outcomes of records: done, deadLetter or retryLater; dead letters with their code.',
      labelNames: ['outcome', 'code'],
      registers,
    }),
    rowsLeftOut: new Counter({
      name: 'holdpoint_rows_left_out_total',
      help: 'Rows of tables (published policies and rosters) that do not hold or cannot be read, and do not count.',
      labelNames: ['topic'],
      registers,
    }),
    restoreSeconds: new Histogram({
      name: 'holdpoint_restore_seconds',
      help: 'Time to restore the state of a lane.',
      buckets: seconds,
      registers,
    }),
    stateKeys: new Gauge({
      name: 'holdpoint_state_keys',
      help: 'Keys of the state of a lane.',
      labelNames: ['partition'],
      registers,
    }),
    laneResets: new Counter({
      name: 'holdpoint_lane_resets_total',
      help: 'Times that a lane was prepared anew after an error.',
      registers,
    }),
  }
}
