import { runService } from '@holdpoint/chassis'
import { mailFolder } from './channels/email/edge/mail-folder.ts'
import { smtpDelivery } from './channels/email/edge/smtp.ts'
import { mailFolderOf, readConfig } from './config.ts'
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
