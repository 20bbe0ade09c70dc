import { done } from '../outcomes.ts'
import { loadConfig } from './load-config.ts'
import { runService } from './run-service.ts'
import { serviceEnvironment } from './service-environment.ts'

/** A service that does nothing, to be started as a process of its own by a test. */
await runService({
  name: 'classifier',
  config: loadConfig(serviceEnvironment),
  async start(runtime) {
    await runtime.lanes({
      service: 'classifier',
      inputs: ['orders.revisions.v1'],
      outputs: [],
      deadLetters: 'classifier.dlq.v1',
      handle: () => done(),
    })
  },
})
