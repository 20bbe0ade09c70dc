import { type AnswerLink, signAnswerLink } from '@holdpoint/answer-links'
import { runService } from '@holdpoint/chassis'
import { takeBounces } from './bounces/take-bounces.ts'
import { mailSeal } from './channels/email/mail-seal.ts'
import { createSenders } from './channels/table.ts'
import { answerKeyFileOf, readConfig, warningsOf } from './config.ts'
import { answerKeyOf } from './edge/answer-key.ts'
import { notifier } from './handlers.ts'
import { readTargets } from './targets/edge/read-targets.ts'
import { TimeLimits } from './time-limits.ts'

const config = readConfig()

await runService({
  name: 'notifier',
  config,
  async start(runtime) {
    for (const warning of warningsOf(config)) runtime.log.warn(warning)
    const limits = new TimeLimits()
    const key = answerKeyOf(answerKeyFileOf(config))
    const seal = mailSeal(key)
    const senders = createSenders(config, { targets: readTargets(config.TARGETS_FILE), limits, seal })
    for (const sender of Object.values(senders)) runtime.onStop(() => sender.stop())
    const links = { deskUrl: config.DESK_URL, tokenOf: (link: AnswerLink) => signAnswerLink(link, key) }
    if (config.BOUNCE_DIR) await takeBounces(config.BOUNCE_DIR, seal, runtime)
    await runtime.lanes(notifier(senders, links))
    // Given last, so asked first: the lanes then wait for what is under way.
    runtime.onStop(() => limits.hurry())
  },
})
