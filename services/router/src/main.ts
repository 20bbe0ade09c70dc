import { runService } from '@holdpoint/chassis'
import { type Unreadable, versionsInOrder } from '@holdpoint/policy/published'
import type { TopicName } from '@holdpoint/schemas'
import { readConfig } from './config.ts'
import { watchDuty } from './deadlines/duty-watch.ts'
import { routerService } from './handlers.ts'
import { policiesOf } from './published/policies.ts'
import { rostersOf } from './published/rosters.ts'

await runService({
  name: 'router',
  config: readConfig(),
  async start(runtime) {
    const unreadable = (topic: TopicName) => (about: Unreadable) =>
      runtime.log.error(
        { topic, ...about },
        'A published version cannot be read; the last good one stays in force.',
      )
    const policies = policiesOf(
      await runtime.table('policy.versions.v1', versionsInOrder()),
      unreadable('policy.versions.v1'),
    )
    const published = await runtime.table('duty.roster.v1', versionsInOrder())
    const rosters = rostersOf(published, unreadable('duty.roster.v1'))
    const lanes = await runtime.lanes(routerService({ ...policies, ...rosters }))
    runtime.onStop(watchDuty(rosters.roster, published.onChange, lanes.revisit))
  },
})
