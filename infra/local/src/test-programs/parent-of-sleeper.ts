import { startReaper } from '../reaper.ts'
import { supervise } from '../supervise.ts'

/** For reaper.test.ts: starts a child that ignores SIGTERM, says its number, and waits to be killed. */
const [logFile = ''] = process.argv.slice(2)
const child = supervise(
  {
    name: 'sleeper',
    command: process.execPath,
    args: ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"],
    logFile,
    isReady: async () => true,
    readyWithinMs: 5_000,
    stopWithinMs: 1_000,
  },
  { reaper: startReaper(), log: () => undefined },
)
await child.start()
process.stdout.write(`${child.pid()}\n`)
