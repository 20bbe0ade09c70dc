import { runService } from '@holdpoint/chassis'
import { readConfig } from './config.ts'
import { startDesk } from './start.ts'

const config = readConfig()
const rebuild = config.DESK_REBUILD === 'true' || process.argv.includes('--rebuild')

await runService({
  name: 'desk',
  config,
  start: (runtime) => startDesk(runtime, config, rebuild),
})
