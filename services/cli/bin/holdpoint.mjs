#!/usr/bin/env node
/** Starts the command line with the project's own Node, whichever Node the system has. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
// As a whole: an older Node that lacks one of the names would not even load this file.
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const lowestNode = 24
/** Half of the time that a command takes is compiling it: what was compiled once is kept. */
const compiled = fileURLToPath(new URL('../../../.holdpoint/compiled', import.meta.url))
const self = fileURLToPath(import.meta.url)
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const own = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))

if (Number(process.versions.node.split('.')[0]) >= lowestNode) {
  nodeModule.enableCompileCache(compiled)
  await import(main).catch(tellIncomplete)
} else if (existsSync(own)) runWith(own)
else {
  process.stderr.write(
    `holdpoint needs Node ${lowestNode} and this is ${process.version}. Run npm ci in its folder, which brings one.\n`,
  )
  process.exitCode = 1
}

/** Only what is missing from its folder can fail before the program runs; what fails in it, it tells itself. */
function tellIncomplete({ message }) {
  process.stderr.write(`holdpoint cannot start: ${message.split('\n')[0]}\nRun npm ci in its folder.\n`)
  process.exitCode = 1
}

/** Same terminal, arguments and environment; ends as the other process ends. */
function runWith(node) {
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C reaches both from the terminal; what is sent to this process alone is passed on.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
