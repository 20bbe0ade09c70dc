import { runService } from '@holdpoint/chassis'
import { versionsInOrder } from '@holdpoint/policy/published'
import { readConfig } from './config.ts'
import { classifier } from './handlers.ts'

await runService({
  name: 'classifier',
  config: readConfig(),
  async start({ lanes, log, table }) {
    const versions = await table('policy.versions.v1', versionsInOrder())
    await lanes(
      classifier(versions, (unreadable) =>
        log.error(unreadable, 'A published policy cannot be read; the last good one stays in force.'),
      ),
    )
  },
})
