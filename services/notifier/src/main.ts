import { runService } from '@holdpoint/chassis'
import { mailFolderOf, readConfig } from './config.ts'
import { mailFolder } from './edge/mail-folder.ts'
import { smtpDelivery } from './edge/smtp.ts'
import { notifier } from './handlers.ts'

const config = readConfig()

await runService({
  name: 'notifier',
  config,
  async start(runtime) {
    const { SMTP_URL: url, MAIL_FROM: from } = config
    const delivery = url
      ? smtpDelivery({ url, withinMs: 10_000, pauseMs: 5_000 })
      : mailFolder(mailFolderOf(config))
    runtime.onStop(() => delivery.stop())
    await runtime.lanes(notifier(delivery, from))
  },
})
