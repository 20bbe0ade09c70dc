import { refused, type Sender } from '../port.ts'
import { type Address, mailOf, messageIdOf } from './mail.ts'
import type { WayOut } from './way-out.ts'

/** Messages as mails of `from`, by SMTP or into a folder. */
export function emailSender(wayOut: WayOut, from: Address): Sender {
  return {
    idOf: (message) => messageIdOf(message, from),
    async send(message) {
      const composed = mailOf(message, from)
      return 'mail' in composed ? wayOut.deliver(composed.mail) : refused(composed.problem)
    },
    stop: () => wayOut.stop(),
  }
}
