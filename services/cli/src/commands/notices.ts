import type { Command } from 'commander'
import type { PreviewOptions } from '../notices/preview-notices.ts'
import { type World, work } from '../session.ts'

const previewExamples = `
Every message of the policy in each language: when a case opens, when the customer is asked something, when they have heard nothing
for long, and how it can end, for the order of an event file. Nothing is sent, and it needs no running Holdpoint.

Examples:
  holdpoint notices preview infra/samples/wholesaler.policy.yaml --order infra/samples/story/1-place.json
  holdpoint notices preview my.policy.yaml --order 1-place.json --message address-check --language de --html letters/`

export function addNotices(program: Command, world: World): void {
  const notices = program.command('notices').description('See what customers read')
  notices
    .command('preview')
    .argument('<file>', 'policy file (YAML)')
    .description('Show each letter that customers would get by a policy')
    .requiredOption('--order <file>', 'order events (JSON)')
    .option('--message <name>', 'this message of the policy alone')
    .option('--language <tag>', 'this language alone')
    .option('--html <folder>', 'write each letter as a page, too')
    .addHelpText('after', previewExamples)
    .action(
      work<PreviewOptions>(world, async (session, options, file) => {
        const { previewNotices } = await import('../notices/preview-notices.ts')
        await previewNotices(session, options, file)
      }),
    )
}
