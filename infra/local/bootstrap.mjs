#!/usr/bin/env node
/**
 * The way in for `npm start`, `npm test` and the others: runs under the Node of the system, with or without
 * node_modules. It installs what is missing, then runs the command with the project's own Node.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const inRepository = (...parts) => join(repository, ...parts)

const commands = {
  start: 'infra/local/src/start.ts',
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

await main(process.argv[2], process.argv.slice(3))

async function main(command, args) {
  requireNode()
  if (!(command in commands))
    fail(`Unknown command ${command}. There are: ${Object.keys(commands).join(', ')}.`)
  await installIfNeeded()
  process.exitCode = await run(nodeToUse(), [...nodeFlags, inRepository(commands[command]), ...args])
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= lowestNode) return
  fail(`Node ${lowestNode} or newer is needed and this is ${process.version}: install one from nodejs.org.`)
}

/** `npm ci`, when a package of the lock file is missing or there in another version. */
async function installIfNeeded() {
  if (isInstalled()) return
  const lock = await takeLock(inRepository('.holdpoint', 'install.lock'))
  try {
    if (!isInstalled()) await install()
  } finally {
    rmSync(lock, { force: true })
  }
}

function isInstalled() {
  const wanted = packagesOf(inRepository('package-lock.json'))
  const there = packagesOf(inRepository('node_modules', '.package-lock.json'))
  return Object.entries(wanted).every(([path, entry]) => {
    // Optional packages are for other systems; links and the root are the project's own folders.
    if (!path.startsWith('node_modules/') || entry.optional || entry.devOptional || entry.link) return true
    return there[path]?.version === entry.version
  })
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {}
}

function install() {
  const since = Date.now()
  const elapsed = () => `${((Date.now() - since) / 1000).toFixed(1)} s`
  say('… Packages (npm ci)')
  const ticker = process.stdout.isTTY && setInterval(() => process.stdout.write(`\r… ${elapsed()} `), 500)
  return new Promise((resolve) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => fail(`npm could not be run: ${error.message}. It comes with Node.`))
    child.once('exit', (code) => {
      if (ticker) clearInterval(ticker)
      if (ticker) process.stdout.write('\r')
      if (code !== 0)
        fail(`${errorsOf(output)}\nThe packages could not be installed (npm ci ended with ${code}, above).`)
      say(`✓ Packages  ${elapsed()}`)
      resolve()
    })
  })
}

/** npm warns at length of packages that would like a newer Node than the system's; they run on the project's own. */
function errorsOf(output) {
  return output.replace(/^npm warn .*\n/gm, '').trim()
}

/** Two commands started at once in a fresh clone install once. The lock of a process that is gone is taken over. */
async function takeLock(path) {
  mkdirSync(inRepository('.holdpoint'), { recursive: true })
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return path
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isRunning(Number(readFileSync(path, 'utf8')))) rmSync(path, { force: true })
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
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
    env: { ...process.env, PATH: `${inRepository('node_modules', '.bin')}${delimiter}${process.env.PATH}` },
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
