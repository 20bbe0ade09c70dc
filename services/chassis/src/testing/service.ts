import { done } from '../outcomes.ts'
import { loadConfig } from '../runtime/load-config.ts'
import { runService } from '../runtime/run-service.ts'
import { serviceEnvironment } from '../runtime/service-environment.ts'

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
