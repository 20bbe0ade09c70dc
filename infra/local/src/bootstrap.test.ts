import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { environment } from './config.ts'
import { repository } from './folders.ts'
import { freeBlock, host } from './ports.ts'
import { identify, isAlive } from './process-identity.ts'

/** Stands where `npm start` has its program: says who it is, and which signal ends it. */
const program = `
const say = (line) => process.stdout.write(line + '\\n')
process.on('SIGINT', () => { say('interrupted'); process.exit(0) })
say('up ' + process.pid + ' ' + process.env.HOLDPOINT_STARTED_AT)
setInterval(() => undefined, 1_000)
`
const patience = 60_000

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-bootstrap-'))
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'clone', type: 'module', scripts }))
  for (const part of ['bootstrap.mjs', 'bootstrap'])
    cpSync(join(repository, 'infra', 'local', part), join(folder, 'infra', 'local', part), {
      recursive: true,
    })
  mkdirSync(join(folder, 'infra', 'local', 'src'))
  writeFileSync(join(folder, 'infra', 'local', 'src', 'start.ts'), program)
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node_modules', '.bin', 'node'))
  lockFile({})
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

/** Packages that the clone asks for; none of them is installed. */
function lockFile(packages: Record<string, unknown>): void {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }))
}

function npm(...args: string[]): ChildProcess {
  const { HOLDPOINT_STARTED_AT: _, ...env } = environment
  const child = spawn('npm', args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

async function ended(child: ChildProcess): Promise<{ code: number; out: string; err: string }> {
  const [out, err, [code]] = await Promise.all([
    child.stdout?.toArray(),
    child.stderr?.toArray(),
    once(child, 'exit') as Promise<[number]>,
  ])
  return { code, out: Buffer.concat(out ?? []).toString(), err: Buffer.concat(err ?? []).toString() }
}

async function firstLine(child: ChildProcess, begin: string): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream }))
    if (line.startsWith(begin)) return line
  throw new Error(`npm ended before it said ${begin}`)
}

test(
  'an interrupt that reaches npm alone ends the program, and npm with it',
  async () => {
    const before = Date.now()
    const child = npm('start', '--silent')
    const [, pid, beganAt] = (await firstLine(child, 'up')).split(' ')
    const running = identify(Number(pid))
    child.kill('SIGINT')
    await once(child, 'exit')
    expect(running && isAlive(running)).toBe(false)
    // What a start took is counted from here.
    expect(Number(beganAt)).toBeGreaterThanOrEqual(before)
    expect(Number(beganAt)).toBeLessThanOrEqual(Date.now())
  },
  patience,
)

test.each(['start', 'dev', 'test', 'check', 'generate', 'bench', 'chaos', 'simulate'])(
  'npm run %s -- --help tells how to use it, and neither installs nor starts anything',
  async (command) => {
    lockFile({ 'node_modules/missing': { version: '1.0.0' } })
    const { code, out, err } = await ended(npm('run', '--silent', command, '--', '--help'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(new RegExp(`^npm (run )?${command}`))
    expect(existsSync(join(folder, '.holdpoint'))).toBe(false)
  },
  patience,
)

test(
  'a taken port is told before anything is installed',
  async () => {
    lockFile({ 'node_modules/missing': { version: '1.0.0' } })
    const base = await freeBlock(110)
    const squatter = createServer().listen(base + 81, host)
    await once(squatter, 'listening')
    try {
      const { code, err } = await ended(npm('start', '--silent', '--', `--port-base=${base}`))
      expect(code).toBe(1)
      expect(err).toMatch(
        new RegExp(
          `^Taken by another process: port ${base + 81} \\(registry, moved by --registry-port\\)\\.`,
        ),
      )
      expect(existsSync(join(folder, '.holdpoint'))).toBe(false)
    } finally {
      squatter.close()
    }
  },
  patience,
)

test(
  'a folder that is a file is told in one sentence',
  async () => {
    lockFile({ 'node_modules/missing': { version: '1.0.0' } })
    writeFileSync(join(folder, '.holdpoint'), '')
    const { code, err } = await ended(
      npm('start', '--silent', '--', '--port-base', String(await freeBlock(110))),
    )
    expect({ code, err }).toEqual({
      code: 1,
      err: '.holdpoint has to be a folder and is a file: move it away, then run this again.\n',
    })
  },
  patience,
)
