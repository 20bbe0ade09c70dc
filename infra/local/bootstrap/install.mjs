/** `npm ci`, when a package of the lock file is missing or there in another version. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Raises an error whose message says what to do. */
export async function installIfNeeded(repository) {
  if (isInstalled(repository)) return
  const lock = await takeLock(join(repository, '.holdpoint'))
  try {
    if (!isInstalled(repository)) await install(repository)
  } finally {
    rmSync(lock, { force: true })
  }
}

export function isInstalled(repository) {
  const wanted = packagesOf(join(repository, 'package-lock.json'))
  const there = packagesOf(join(repository, 'node_modules', '.package-lock.json'))
  return Object.entries(wanted).every(([path, entry]) => {
    // Optional packages are for other systems; links and the root are the project's own folders.
    if (!path.startsWith('node_modules/') || entry.optional || entry.devOptional || entry.link) return true
    return there[path]?.version === entry.version
  })
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {}
}

function install(repository) {
  const since = Date.now()
  const elapsed = () => `${((Date.now() - since) / 1000).toFixed(1)} s`
  process.stdout.write('… Packages (npm ci)\n')
  const ticker = process.stdout.isTTY && setInterval(() => process.stdout.write(`\r… ${elapsed()} `), 500)
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) =>
      reject(new InstallError(`npm could not be run: ${error.message}. It comes with Node.`)),
    )
    child.once('exit', (code) => {
      if (ticker) clearInterval(ticker)
      if (ticker) process.stdout.write('\r')
      if (code !== 0) return reject(new InstallError(whyNot(output, code)))
      process.stdout.write(`✓ Packages  ${elapsed()}\n`)
      resolve()
    })
  })
}

/** Its message is for people; nobody needs its stack. */
export class InstallError extends Error {}

function whyNot(output, code) {
  if (/\bENOSPC\b/.test(output))
    return 'There is no space left on the disk of this folder, so the packages could not be installed: make some, then run this again.'
  return `${errorsOf(output)}\nThe packages could not be installed (npm ci ended with ${code}, above).`
}

/** npm warns at length of packages that would like a newer Node than the system's; they run on the project's own. */
function errorsOf(output) {
  return output.replace(/^npm warn .*\n/gm, '').trim()
}

/** Two commands started at once in a fresh clone install once. The lock of a process that is gone is taken over. */
async function takeLock(folder) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'install.lock')
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

export function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}
