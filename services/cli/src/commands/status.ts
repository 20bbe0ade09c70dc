import type { Command } from 'commander'
import { type World, work } from '../session.ts'
import { showStatus } from '../status/status.ts'

const examples = `
Says where everything is, whether it answers, which lanes wait for what, and how many orders and cases there are. The
services besides desk and intake are those of the stack in this folder, or of HOLDPOINT_SERVICES (name=url,name=url).
Exit code 1: something that is needed does not answer or is not ready.

Example:
  holdpoint status`

export function addStatus(program: Command, world: World): void {
  program
    .command('status')
    .description('Say what answers, and how things stand')
    .addHelpText('after', examples)
    .action(work(world, showStatus))
}
