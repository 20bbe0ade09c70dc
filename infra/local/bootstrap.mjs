#!/usr/bin/env node
/**
 * The way in for `npm start`, `npm test` and the others: runs under the Node of the system, with or without
 * node_modules. It installs what is missing, then runs the command with the project's own Node.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InstallError, installIfNeeded, isInstalled, isRunning } from './bootstrap/install.mjs'
import { portsAskedFor, takenOf, takenSentence } from './bootstrap/ports.mjs'
import { sentenceFor } from './bootstrap/troubles.mjs'
import { usage } from './bootstrap/usage.mjs'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const inRepository = (...parts) => join(repository, ...parts)

const commands = {
  start: 'infra/local/src/start.ts',
  dev: 'infra/local/src/dev.ts',
  test: 'test/harness/run.ts',
  check: 'infra/local/src/check.ts',
  generate: 'infra/local/src/generate.ts',
  bench: 'test/bench/main.ts',
  chaos: 'test/chaos/main.ts',
  simulate: 'test/simulation/main.ts',
}

const lowestNode = 20
const projectNode = 24
/** The Kafka client sets timers in the past, which Node 24 mentions and which do no harm. */
const nodeFlags = ['--disable-warning=TimeoutNegativeWarning']

await main(process.argv[2], process.argv.slice(3)).catch((error) => {
  fail(error instanceof InstallError ? error.message : (sentenceFor(error, repository) ?? error.stack))
})

async function main(command, args) {
  requireNode()
  if (!(command in commands))
    fail(`Unknown command ${command}. There are: ${Object.keys(commands).join(', ')}.`)
  if (args.includes('--help') || args.includes('-h')) return say(usage[command])
  if (command === 'start') await requirePorts(args)
  await installIfNeeded(repository)
  process.exitCode = await run(nodeToUse(), [...nodeFlags, inRepository(commands[command]), ...args])
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= lowestNode) return
  fail(`Node ${lowestNode} or newer is needed and this is ${process.version}: install one from nodejs.org.`)
}

/** A taken port is told before minutes go into an installation; once all is there, the command looks by itself. */
async function requirePorts(args) {
  if (isInstalled(repository)) return
  const taken = await takenOf(portsAskedFor(args, process.env))
  if (taken.length > 0) fail(takenSentence(taken))
}

function nodeToUse() {
  const own = inRepository('node_modules', '.bin', 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= projectNode) return process.execPath
  return fail(
    `Node ${projectNode} is needed and npm has none for ${process.platform} on ${process.arch}: ` +
      `install Node ${projectNode} from nodejs.org and run this with it.`,
  )
}

/**
 * Runs the command with our terminal. The channel tells it when we are gone, however we ended; it stops then.
 * Gives the exit code.
 */
function run(node, args) {
  const child = spawn(node, args, {
    cwd: repository,
    env: {
      ...process.env,
      PATH: `${inRepository('node_modules', '.bin')}${delimiter}${process.env.PATH}`,
      HOLDPOINT_STARTED_AT: String(Math.round(performance.timeOrigin)),
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const watch = watchNpm(() => child.kill('SIGTERM'))
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      clearInterval(watch)
      if (signal) return endBy(signal)
      resolve(code)
    })
  })
}

/** When npm itself is killed nobody tells us: look for it. */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return undefined
  const npm = npmPid()
  return npm && setInterval(() => isRunning(npm) || onGone(), 500)
}

/** npm is our parent, or the parent of the shell in between. */
function npmPid() {
  const shown =
    spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(process.ppid)], { encoding: 'utf8' }).stdout ?? ''
  const [, parent, name] = shown.trim().match(/^(\d+)\s+(.*)$/) ?? []
  if (!name) return process.ppid
  return /(^|\/)-?(sh|bash|dash|zsh|ash)$/.test(name) ? Number(parent) : process.ppid
}

function endBy(signal) {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

function say(text) {
  process.stdout.write(`${text}\n`)
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
