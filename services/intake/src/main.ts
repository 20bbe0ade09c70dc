import { runService } from '@holdpoint/chassis'
import { readConfig } from './config.ts'
import { door } from './edge/door.ts'
import { intake } from './handlers.ts'

const config = readConfig()

await runService({
  name: 'intake',
  config,
  async start({ http, lanes, log, publisher }) {
    const requestsPerMinute = config.HTTP_REQUESTS_PER_MINUTE
    http.use(
      door({
        publisher: await publisher(),
        now: Date.now,
        log,
        requestsPerMinute,
        answerWithinMs: 10_000,
        ownUrl: config.INTAKE_URL,
      }),
    )
    await lanes(intake)
  },
})
