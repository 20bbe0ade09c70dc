import { bringUp } from './bring-up.ts'
import { restartOnChange } from './dev/restart-on-change.ts'
import { parseDevOptions } from './options.ts'
import { untilStopped } from './until-stopped.ts'

await untilStopped(async (around) => {
  const { inspect, ...options } = parseDevOptions(process.argv.slice(2))
  const services = await bringUp(options, around, { inspect })
  const changes = restartOnChange(
    async (name) => services.find((some) => some.names.includes(name))?.restart(name),
    around.progress.line,
  )
  around.teardown.add({ stop: async () => changes.close(), hurry: () => undefined })
})
