import { bringUp } from './bring-up.ts'
import { parseOptions } from './options.ts'
import { untilStopped } from './until-stopped.ts'

await untilStopped(async (around) => {
  await bringUp(parseOptions(process.argv.slice(2)), around)
})
