import { runService } from '@holdpoint/chassis'
import { readConfig } from './config.ts'
import { routerService } from './handlers.ts'
import { policiesOf } from './policies.ts'

await runService({
  name: 'router',
  config: readConfig(),
  async start(runtime) {
    const published = await runtime.table('policy.versions.v1')
    await runtime.lanes(routerService(policiesOf(published)))
  },
})
