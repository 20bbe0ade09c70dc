import { describe, expect, test } from 'vitest'
import type { Message } from '../message.ts'
import { messageOf } from '../message.ts'
import { sampleNotice } from '../testing/sample-notice.ts'
import { gathered } from './gathered.ts'
import type { Delivered, Sender } from './port.ts'

const links = { deskUrl: 'https://desk.example', tokenOf: () => '' }

function message(noticeId: string, own: Partial<Message> = {}): Message {
  const part = { caseId: 'C-1', action: '', questionId: '', until: null }
  const composed = messageOf(
    sampleNotice({
      noticeId,
      subject: `SO-${noticeId} is yours`,
      paragraphs: [
        { kind: 'TEXT', text: 'It is yours.', ...part },
        { kind: 'FACT', text: 'Order\tSO-1', ...part },
        { kind: 'CASE_LINK', text: 'Open the case', ...part },
        { kind: 'CASE_LINK', text: 'Approve it', ...part, action: 'approve' },
      ],
    }),
    links,
  )
  if (!('message' in composed)) throw new Error(composed.problem)
  return { ...composed.message, digest: true, to: 'fiona@example.com', ...own }
}

/** Takes everything, and remembers it. */
function taker(outcome: Delivered = { sent: true, detail: '250 ok' }) {
  const sent: Message[] = []
  const sender: Sender = {
    idOf: ({ noticeId }) => noticeId,
    send: async (one) => {
      sent.push(one)
      return outcome
    },
    stop: () => {},
  }
  return { sent, sender: gathered(sender, 20) }
}

describe('messages for a digest', () => {
  test('that come together are one mail, and each has its outcome', async () => {
    const { sent, sender } = taker()
    const outcomes = await Promise.all(['1', '2', '3'].map((id) => sender.send(message(id))))
    expect(outcomes).toEqual([1, 2, 3].map(() => ({ sent: true, detail: '250 ok' })))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ subject: '3 things for you today', to: 'fiona@example.com' })
    expect(sent[0]?.parts.map((part) => ('text' in part ? part.text : part.label))).toEqual(
      ['1', '2', '3'].flatMap((id) => [`SO-${id} is yours`, 'Order', 'Open the case']),
    )
  })

  test('to another address, and others, are mails of their own', async () => {
    const { sent, sender } = taker()
    await Promise.all([
      sender.send(message('1')),
      sender.send(message('2', { to: 'carl@example.com' })),
      sender.send(message('3', { digest: false })),
    ])
    expect(sent.map(({ subject }) => subject).sort()).toEqual([
      'SO-1 is yours',
      'SO-2 is yours',
      'SO-3 is yours',
    ])
  })

  test('of later are another mail', async () => {
    const { sent, sender } = taker()
    await sender.send(message('1'))
    await sender.send(message('2'))
    expect(sent).toHaveLength(2)
  })

  test('are the same mail whatever order they come in, so that a repeat can be told', async () => {
    const idOf = async (...ids: string[]) => {
      const { sent, sender } = taker()
      await Promise.all(ids.map((id) => sender.send(message(id))))
      return sent[0]?.noticeId
    }
    expect(await idOf('1', '2')).toBe(await idOf('2', '1'))
    expect(await idOf('1', '2')).not.toBe(await idOf('1', '3'))
  })

  test('fail together', async () => {
    const failure: Delivered = { sent: false, permanent: false, detail: '451 later' }
    const { sender } = taker(failure)
    expect(await Promise.all([sender.send(message('1')), sender.send(message('2'))])).toEqual([
      failure,
      failure,
    ])
  })
})
