import { externalServers } from '../config.ts'
import { planPorts } from '../port-plan.ts'
import { silent } from '../progress.ts'
import { startReaper } from '../reaper.ts'
import { startStack } from '../stack.ts'
import { createTeardown, onStopRequest } from '../teardown.ts'

/** For stack.it.test.ts: brings servers up in a folder, says their process numbers, and waits. */
const [dataDir = '', base = '', brokers = '1'] = process.argv.slice(2)
const teardown = createTeardown()
const reaper = startReaper()
teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
onStopRequest(() => teardown.stop().then(() => process.exit(0)), teardown.hurry)
const { servers } = await startStack({
  project: 'holdpoint-killed',
  dataDir,
  fresh: false,
  brokers: Number(brokers),
  lanes: undefined,
  docker: false,
  withServices: false,
  ports: planPorts(Number(base), Number(brokers)),
  external: externalServers({}),
  progress: silent,
  reaper,
  teardown,
})
const pids = Object.fromEntries(servers.names().map((name) => [name, servers.pid(name)]))
process.stdout.write(`${JSON.stringify({ urls: servers.urls, pids })}\n`)
