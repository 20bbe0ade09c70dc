import { type Command, Option } from 'commander'
import type { ExportOptions } from '../audit/export-trail.ts'
import type { ForgetOptions } from '../audit/forget-customer.ts'
import type { ProveOptions } from '../audit/prove-entry.ts'
import type { VerifyOptions } from '../audit/verify-trail.ts'
import { type World, work } from '../session.ts'

const verifyExamples = `
Reads the trail from the topics, or from a copy, and proves it: every hash, every link, every signature, and that each
covered record still has the bytes that were covered. It finds an edit, deletion, insertion, reordering, truncation or
fork, and names the entry and the record.

A trail cannot show by itself whose it is, or that nothing was cut off its end. So it is held against what was known
before: the keys that may sign and the newest checkpoint of each chain. The first verification of a running stack writes
them beside its data; later ones hold the trail against that, and add to it. Elsewhere name a file of pins (--pins), or
anything with older checkpoints: what a witness kept, an older copy (--against).

With --since-known each chain is looked at from the newest checkpoint that is known of it: what was proved then is not read
again, nor what has become of it since.

Exit code 1: something is wrong. Exit code 3: nothing wrong was found, but something could not be judged, and is named.

Examples:
  holdpoint audit verify
  holdpoint audit verify --at-rest                 nothing was written meanwhile: the very end is proved too
  holdpoint audit verify --since-known             what is new since the last verification
  holdpoint audit verify trail.copy --at-rest      a copy, held against what is known of the stack of this folder
  holdpoint audit verify trail.copy --at-rest --against older.copy --trust KEYID`

const exportExamples = `
A copy ends with the last signature of each chain, and is at rest whatever goes on meanwhile. The formats jsonl and csv have
the entries alone, with a manifest beside them (FILE.manifest.json): how many of each chain, the first and the last, the
hash of the file, and the way from each last entry to a signature. Nothing in a CSV is a formula to a spreadsheet.

What people said about an order is sealed, and the file can be verified without any key. With --reveal it is written in clear
besides, where its key is still there, and proved against what was sealed: in a CSV in its place, else into
FILE.revealed.jsonl, for its owner's eyes only. Whoever may read the topic audit.state.v1 may do that.

Examples:
  holdpoint audit export trail.copy && holdpoint audit verify trail.copy --at-rest
  holdpoint audit export march.csv --format csv --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z
  holdpoint audit export march.csv --format csv --from 2026-03-01T00:00:00Z --reveal`

const proveExamples = `
The proof has the record's bytes, the way from its hash to its entry, the entries up to the next signature, and that. It is
checked without the trail and without Holdpoint: test/proof/check-proof.mjs is 90 lines.

Examples:
  holdpoint audit prove 2:118 > proof.json
  holdpoint audit prove orders.decisions.v1:2:17 --from trail.copy > proof.json`

const forgetExamples = `
Of each of the customer's orders the key is destroyed under which the trail seals what people said, and the desk erases who
the customer is, what was written and what was sent to them. The trail is proved as before, and says who had it forgotten,
when and why: name nobody in the reason. It needs the role of the order owner, and no case of these orders may be open. It
cannot be undone. Orders that the desk does not know any more are named with --order.

Examples:
  holdpoint audit forget C-20417 --as olga --reason "Request 118 of 30 November"
  holdpoint audit forget C-20417 --as olga --reason "Request 118" --order SO-0417 --order SO-0533 --yes`

export function addAudit(program: Command, world: World): void {
  const audit = program.command('audit').description('Prove the trail of who did what, when and why')
  audit
    .command('verify')
    .argument('[file]', 'a copy made by `audit export`; the topics when left out')
    .description('Verify the trail')
    .option('--pins <file>', 'hold it against what is known from before, and keep what is new there')
    .option('--against <file>', 'hold it against the checkpoints of this file too; may be repeated', collect)
    .option('--trust <key-id>', 'accept signatures of this key only; may be repeated', collect)
    .option('--since-known', 'look only at what is behind the newest checkpoints that are known')
    .option('--at-rest', 'nothing was written meanwhile: verify the very end too')
    .addHelpText('after', verifyExamples)
    .action(
      work<VerifyOptions>(world, async (...args) =>
        (await import('../audit/verify-trail.ts')).verifyTrail(...args),
      ),
    )
  audit
    .command('export')
    .argument('<file>', 'file to write')
    .description('Write a copy of the trail that can be verified anywhere')
    .option('--no-records', 'leave out of a copy the records that it covers')
    .addOption(
      new Option('--format <format>', 'a copy, or the entries alone with a manifest')
        .choices(['copy', 'jsonl', 'csv'])
        .default('copy'),
    )
    .option('--reveal', 'write what people said in clear besides, where it was not forgotten')
    .option('--from <instant>', 'of jsonl and csv: entries that were written from then on')
    .option('--to <instant>', 'of jsonl and csv: entries that were written before')
    .addHelpText('after', exportExamples)
    .action(
      work<ExportOptions>(world, async (...args) =>
        (await import('../audit/export-trail.ts')).exportTrail(...args),
      ),
    )
  audit
    .command('prove')
    .argument('<entry>', 'an entry (chain:number), or a record (topic:partition:offset)')
    .description('Print a proof that it lies under a signature')
    .option('--from <file>', 'a copy made by `audit export`; the topics when left out')
    .addHelpText('after', proveExamples)
    .action(
      work<ProveOptions>(world, async (...args) =>
        (await import('../audit/prove-entry.ts')).proveEntry(...args),
      ),
    )
  addForget(audit, world)
}

function addForget(audit: Command, world: World): void {
  audit
    .command('forget')
    .argument('<customer>', 'customer id, as upstream names them')
    .description('Forget a customer; the trail stays whole')
    .requiredOption('--reason <text>', 'why; it goes into the trail and stays readable')
    .option('--as <subject>', 'who asks (or set HOLDPOINT_AS)')
    .option(
      '--order <id>',
      'an order of theirs that the desk does not know any more; may be repeated',
      collect,
    )
    .option('--yes', 'do it without asking')
    .addHelpText('after', forgetExamples)
    .action(
      work<ForgetOptions>(world, async (...args) =>
        (await import('../audit/forget-customer.ts')).forgetCustomer(...args),
      ),
    )
}

const collect = (value: string, before: string[] = []): string[] => [...before, value]
