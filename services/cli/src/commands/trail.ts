import type { Command } from 'commander'
import { type World, work } from '../session.ts'
import type { TrailOptions } from '../trail/show-trail.ts'

const examples = `
What came in, which sentence opened a case and with which values, who was told, who asked, looked and changed what and
why, who approved the next step, under which policy version; then where the order stopped, for how long, and whose time
that was. With --records each line is unfolded to its records; with --proof the trail is read besides, and says of each
how it lies under a signature (exit code 3 when one does not, or not yet).

Examples:
  holdpoint trail SO-1042
  holdpoint trail SO-1042 --records
  holdpoint trail SO-1042 --proof --json`

export function addTrail(program: Command, world: World): void {
  program
    .command('trail')
    .argument('<order>', 'order id')
    .description('Tell the story of an order, from its first event to its release')
    .option('--records', 'name the records that say so: topic, partition, offset, SHA-256')
    .option('--proof', 'prove each of them by the trail')
    .addHelpText('after', examples)
    .action(
      work<TrailOptions>(world, async (...args) =>
        (await import('../trail/show-trail.ts')).showTrail(...args),
      ),
    )
}
