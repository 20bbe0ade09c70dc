import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { identify, isAlive, type ProcessIdentity, signalGroup } from './process-identity.ts'
import type { ReaperMessage } from './reaper.ts'

/** How long a process may take to end by itself before it is killed. */
const politeMs = 5_000

const watched = new Map<number, ProcessIdentity>()
let atEnd: readonly string[] = []

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as ReaperMessage
  if ('forget' in message) watched.delete(message.forget)
  else if ('watch' in message) remember(message.watch)
  else atEnd = message.atEnd
}
await endAll()
runAtEnd()

function remember(pid: number): void {
  const identity = identify(pid)
  if (identity) watched.set(pid, identity)
}

async function endAll(): Promise<void> {
  const left = [...watched.values()]
  for (const identity of left) signalGroup(identity, 'SIGTERM')
  const deadline = Date.now() + politeMs
  while (Date.now() < deadline && left.some(isAlive)) await pause(50)
  for (const identity of left) signalGroup(identity, 'SIGKILL')
}

function runAtEnd(): void {
  const [command, ...args] = atEnd
  if (command) spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 })
}
