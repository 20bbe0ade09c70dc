import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { archive, fetched, isFetched, jarsOf } from './maven.ts'

let folder: string
let library: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-maven-'))
  library = join(folder, 'lib')
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

/** A Maven that keeps its arguments, and puts a file where it is told to. */
function fakeMaven(script: string): void {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'mvn'), `#!/bin/sh\necho "$@" >> '${join(folder, 'calls')}'\n${script}\n`)
  chmodSync(join(bin, 'mvn'), 0o755)
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env.PATH}`)
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
const puttingAFile =
  'for a; do case $a in -DoutputDirectory=*) sleep 0.2; touch $(echo "$a" | cut -d= -f2)/x.jar;; esac; done'

test('two that want the same thing at once fetch it once, and a third not at all', async () => {
  fakeMaven(puttingAFile)
  const wanted = archive('thing-1', 'group:thing:1:jar')
  const [one, two] = await Promise.all([fetched(wanted, library), fetched(wanted, library)])
  expect(one).toBe(two)
  expect(readdirSync(one)).toContain('x.jar')
  await fetched(wanted, library)
  expect(calls()).toHaveLength(1)
  expect(calls()[0]).toContain('-Dartifact=group:thing:1:jar')
  expect(readdirSync(library)).toEqual(['thing-1'])
})

test('a fetch that fails leaves nothing that looks fetched, and says what Maven said', async () => {
  fakeMaven(`${puttingAFile}\necho 'Could not resolve group:thing'; exit 1`)
  const wanted = archive('thing-1', 'group:thing:1:jar')
  await expect(fetched(wanted, library)).rejects.toMatchObject({
    code: 'FETCH_FAILED',
    message: expect.stringContaining('Could not resolve group:thing'),
  })
  expect(isFetched(wanted, library)).toBe(false)
})

test('without Maven the error says what to install', async () => {
  vi.stubEnv('PATH', folder)
  await expect(fetched(archive('thing-1', 'g:a:1:jar'), library)).rejects.toMatchObject({
    code: 'MAVEN_MISSING',
    message: expect.stringMatching(/install it.*or start a Docker engine/),
  })
})

test('jars are asked for by a file that names them', () => {
  const args = jarsOf('things', ['group:thing:1', 'other:thing:2']).into(folder)
  expect(args).toContain(`-DoutputDirectory=${folder}`)
  expect(existsSync(join(folder, 'pom.xml'))).toBe(true)
  const pom = readFileSync(join(folder, 'pom.xml'), 'utf8')
  expect(pom).toContain('<groupId>other</groupId><artifactId>thing</artifactId><version>2</version>')
})
