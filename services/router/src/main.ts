import { runService } from '@holdpoint/chassis'
import { readConfig } from './config.ts'
import { routerService } from './handlers.ts'
import { policiesOf } from './policies.ts'
import { rostersOf } from './rosters.ts'

await runService({
  name: 'router',
  config: readConfig(),
  async start(runtime) {
    const policies = policiesOf(await runtime.table('policy.versions.v1'))
    const rosters = rostersOf(await runtime.table('duty.roster.v1'))
    await runtime.lanes(routerService({ ...policies, ...rosters }))
  },
})
