import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findJava, installedJavas, javaMajorOf } from './java.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-java-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A home with a `java` that says its version on standard error, as the real one does. */
function javaHome(name: string, version: string, releaseFile = true): string {
  const home = join(folder, name)
  mkdirSync(join(home, 'bin'), { recursive: true })
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho 'openjdk version "${version}" 2025-01-01' >&2\n`)
  chmodSync(join(home, 'bin', 'java'), 0o755)
  if (releaseFile) writeFileSync(join(home, 'release'), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`)
  return home
}

const first = (env: NodeJS.ProcessEnv) => installedJavas(env)[Symbol.iterator]().next().value

test.each([
  ['25', 25],
  ['21.0.4', 21],
  ['17.0.15', 17],
  ['1.8.0_402', 8],
  ['24-ea', 24],
  ['unknown', undefined],
])('version %s is Java %s', (version, major) => {
  expect(javaMajorOf(version)).toBe(major)
})

test('JAVA_HOME is preferred to the PATH', () => {
  const env = { JAVA_HOME: javaHome('home', '25.0.1'), PATH: join(javaHome('path', '21.0.1'), 'bin') }
  expect(first(env)).toEqual({ path: join(folder, 'home', 'bin', 'java'), major: 25 })
})

test('a Java without a release file is asked for its version', () => {
  expect(first({ JAVA_HOME: javaHome('bare', '21.0.2', false) })?.major).toBe(21)
})

test('a link on the PATH tells the version of what it links to', () => {
  const home = javaHome('linked', '23.0.1')
  mkdirSync(join(folder, 'bin'))
  symlinkSync(join(home, 'bin', 'java'), join(folder, 'bin', 'java'))
  expect(first({ PATH: join(folder, 'bin') })?.major).toBe(23)
})

test('one that is too old is passed over', () => {
  const candidates = () => [
    { path: '/old', major: 17 },
    { path: '/new', major: 25 },
  ]
  expect(findJava(21, candidates).path).toBe('/new')
  expect(findJava(17, candidates).path).toBe('/old')
})

test('when all are too old the error names them and what to install', () => {
  expect(() => findJava(21, () => [{ path: '/old', major: 17 }])).toThrow(
    /Java 21.*only 17 \(\/old\).*install/,
  )
})

test('without any Java the error says what to install', () => {
  expect(() => findJava(21, () => [])).toThrow(/Java 21.*none was found.*install/)
})
