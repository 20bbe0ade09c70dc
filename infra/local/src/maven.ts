import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StackError } from './errors.ts'
import { waitForLock } from './lock.ts'
import { versions } from './settings.ts'

/** One thing to fetch: `into(folder)` gives the arguments of Maven that put it there. */
export type Fetchable = { name: string; into: (folder: string) => readonly string[] }

const plugin = `org.apache.maven.plugins:maven-dependency-plugin:${versions.mavenDependencyPlugin}`

/**
 * The folder that holds `wanted`, fetched by Maven the first time. It appears there only when it is whole;
 * two processes that want it at the same time fetch it once.
 */
export async function fetched(wanted: Fetchable, library: string): Promise<string> {
  const folder = join(library, wanted.name)
  if (existsSync(folder)) return folder
  const lock = await waitForLock(join(library, `${wanted.name}.lock`))
  try {
    if (!existsSync(folder)) await fetchWhole(wanted, folder)
    return folder
  } finally {
    lock.release()
  }
}

export function isFetched(wanted: Fetchable, library: string): boolean {
  return existsSync(join(library, wanted.name))
}

async function fetchWhole(wanted: Fetchable, folder: string): Promise<void> {
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  await maven(wanted.name, wanted.into(partial))
  renameSync(partial, folder)
}

/** Jars of the given coordinates with all that they need. */
export function jarsOf(name: string, coordinates: readonly string[]): Fetchable {
  return {
    name,
    into: (folder) => [
      ...inProject(folder, coordinates),
      `${plugin}:copy-dependencies`,
      '-DincludeScope=runtime',
      `-DoutputDirectory=${folder}`,
    ],
  }
}

/** The files inside of one archive, e.g. `group:artifact:version:tar.gz:classifier`. */
export function archive(name: string, artifact: string): Fetchable {
  return {
    name,
    into: (folder) => [
      ...inProject(folder, []),
      `${plugin}:unpack`,
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${folder}`,
    ],
  }
}

/** Without a project the plugin keeps its notes in a folder called "${project.basedir}" wherever we stand. */
function inProject(folder: string, dependencies: readonly string[]): string[] {
  const pom = join(folder, 'pom.xml')
  writeFileSync(pom, pomOf(dependencies))
  return ['-f', pom]
}

function pomOf(coordinates: readonly string[]): string {
  const dependencies = coordinates.map((coordinate) => {
    const [group, artifact, version] = coordinate.split(':')
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  })
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>holdpoint</groupId><artifactId>servers</artifactId><version>1</version>
  <dependencies>${dependencies.join('')}</dependencies>
</project>
`
}

function maven(what: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Same process group as ours: Ctrl-C ends it with us.
    const child = spawn('mvn', ['-q', '-B', '--strict-checksums', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', () => reject(mavenMissing()))
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new StackError(
            'FETCH_FAILED',
            `Maven could not fetch ${what}; is the network up?\n${output.trim()}`,
          ),
        )
    })
  })
}

function mavenMissing(): StackError {
  return new StackError(
    'MAVEN_MISSING',
    'Maven is needed to fetch Kafka, the registry and Redis and is not on the PATH: install it ' +
      '(for example `apt install maven` or `brew install maven`), or start a Docker engine.',
  )
}
