import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from './config.ts'
import { StackError } from './errors.ts'

export type Java = { path: string; major: number }

/**
 * The first Java whose major version is at least `needed`: JAVA_HOME, then the PATH, then the folders in
 * which systems install it. Raises JAVA_MISSING, saying what to install.
 */
export function findJava(needed: number, candidates: () => Iterable<Java> = installedJavas): Java {
  const found: Java[] = []
  for (const java of candidates()) {
    if (java.major >= needed) return java
    found.push(java)
  }
  const instead = found.length
    ? `only ${found.map((java) => `${java.major} (${java.path})`).join(', ')} was found`
    : 'none was found'
  throw new StackError(
    'JAVA_MISSING',
    `Java ${needed} or newer is needed and ${instead}: install a JDK or JRE ${needed}+ (for example from adoptium.net), ` +
      'or set JAVA_HOME to one, or start a Docker engine.',
  )
}

/** Every Java of this machine, in the order in which it should be preferred; asked lazily. */
export function* installedJavas(env: NodeJS.ProcessEnv = environment): Iterable<Java> {
  const seen = new Set<string>()
  for (const path of javaPaths(env)) {
    if (seen.has(path)) continue
    seen.add(path)
    const major = javaMajor(path)
    if (major !== undefined) yield { path, major }
  }
}

function* javaPaths(env: NodeJS.ProcessEnv): Iterable<string> {
  if (env.JAVA_HOME) yield join(env.JAVA_HOME, 'bin', 'java')
  for (const folder of (env.PATH ?? '').split(':')) if (folder) yield join(folder, 'java')
  for (const home of javaHomes('/usr/lib/jvm')) yield join(home, 'bin', 'java')
  for (const home of javaHomes('/Library/Java/JavaVirtualMachines'))
    yield join(home, 'Contents', 'Home', 'bin', 'java')
}

function javaHomes(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .reverse()
    .map((name) => join(folder, name))
}

function javaMajor(path: string): number | undefined {
  if (!existsSync(path)) return undefined
  return majorFromReleaseFile(path) ?? majorFromCommand(path)
}

/** A JDK says its version in the file `release` of its home, which spares starting it. */
function majorFromReleaseFile(path: string): number | undefined {
  const release = join(realpathSync(path), '..', '..', 'release')
  if (!existsSync(release)) return undefined
  return javaMajorOf(readFileSync(release, 'utf8').match(/^JAVA_VERSION="([^"]+)"/m)?.[1])
}

function majorFromCommand(path: string): number | undefined {
  const shown = spawnSync(path, ['-version'], { encoding: 'utf8', timeout: 10_000 })
  return javaMajorOf(shown.stderr?.match(/version "([^"]+)"/)?.[1])
}

/** `25.0.1` gives 25; the old way of counting, `1.8.0_402`, gives 8. */
export function javaMajorOf(version: string | undefined): number | undefined {
  const parts = version?.match(/^(\d+)(?:\.(\d+))?/)
  if (!parts) return undefined
  const first = Number(parts[1])
  return first === 1 && parts[2] ? Number(parts[2]) : first
}
