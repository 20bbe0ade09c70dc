import type { NoticeRequest } from '@holdpoint/schemas'
import { messageOf } from '../../../message.ts'
import type { Seal } from '../about.ts'
import { type Mail, mailOf } from '../mail.ts'

/** The mail of a notice, for tests. */
export function mailFrom(notice: NoticeRequest, seal: Seal = () => 'seal'): Mail {
  const links = { deskUrl: 'https://desk.example', tokenOf: () => 'a1.token.signature' }
  const written = messageOf(notice, links)
  if ('problem' in written) throw new Error(written.problem)
  const composed = mailOf(written.message, { name: 'Holdpoint', address: 'orders@wholesaler.example' }, seal)
  if ('problem' in composed) throw new Error(composed.problem)
  return composed.mail
}
