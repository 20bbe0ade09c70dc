import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import { type Tally, tallyOf } from './tally.ts'

/** The short run of chaos, with servers of its own, for it kills them. */
export function runChaos(): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repository, 'test', 'chaos', 'main.ts'), '--short'], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      process.stdout.write(text)
    })
    child.once('error', reject)
    child.once('close', (code) => resolve(tallyOf(output, code ?? 128)))
  })
}
