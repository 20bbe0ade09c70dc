import { runService } from '@holdpoint/chassis'
import { readConfig } from './config.ts'
import { watchDuty } from './duty-watch.ts'
import { routerService } from './handlers.ts'
import { policiesOf } from './policies.ts'
import { rostersOf } from './rosters.ts'

await runService({
  name: 'router',
  config: readConfig(),
  async start(runtime) {
    const policies = policiesOf(await runtime.table('policy.versions.v1'))
    const published = await runtime.table('duty.roster.v1')
    const rosters = rostersOf(published)
    const lanes = await runtime.lanes(routerService({ ...policies, ...rosters }))
    runtime.onStop(watchDuty(rosters.roster, published.onChange, lanes.revisit))
  },
})
