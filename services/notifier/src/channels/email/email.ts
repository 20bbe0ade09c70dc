import { refused, type Sender } from '../port.ts'
import type { Seal } from './about.ts'
import { type Address, mailOf, messageIdOf } from './mail.ts'
import type { WayOut } from './way-out.ts'

/** Messages as mails of `from`, by SMTP or into a folder. */
export function emailSender(wayOut: WayOut, from: Address, seal: Seal): Sender {
  return {
    idOf: (message) => messageIdOf(message, from),
    async send(message) {
      const composed = mailOf(message, from, seal)
      return 'mail' in composed ? wayOut.deliver(composed.mail) : refused(composed.problem)
    },
    stop: () => wayOut.stop(),
  }
}
