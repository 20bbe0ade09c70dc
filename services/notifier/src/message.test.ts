import { generateKeyPairSync } from 'node:crypto'
import { readAnswerLink, signAnswerLink } from '@holdpoint/answer-links'
import type { NoticeRequest } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { type Links, messageOf } from './message.ts'
import { paragraph, sampleNotice, writtenNotice } from './testing/sample-notice.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const withDesk: Links = {
  deskUrl: 'https://desk.example',
  tokenOf: (link) => signAnswerLink(link, privateKey),
}
const withoutDesk = { ...withDesk, deskUrl: undefined }

function messageFrom(notice: NoticeRequest, links = withDesk) {
  const composed = messageOf(notice, links)
  if ('problem' in composed) throw new Error(composed.problem)
  return composed.message
}

test('a message that is written already is sent as it is: nothing in it is a template', () => {
  const text = '{{ order.id }} {% include "x" %} <b>&amp;</b>'
  const message = messageFrom(writtenNotice({ subject: text, paragraphs: [paragraph('TEXT', text)] }))
  expect(message).toMatchObject({ subject: text, parts: [{ kind: 'text', text }] })
  expect(message.plain).toBeUndefined()
})

test('a request of before is filled with its data', () => {
  expect(messageFrom(sampleNotice())).toMatchObject({
    subject: 'About your order SO-1041',
    parts: [
      { kind: 'text', text: 'Dear Mara Lindqvist,' },
      { kind: 'text', text: expect.stringContaining('You hear from us by 2026-03-02 17:30.') },
    ],
  })
})

test('a link to a case opens it with the action chosen', () => {
  const paragraphs = [paragraph('CASE_LINK', 'Decide', { caseId: 'C-1', action: 'approve' })]
  const message = messageFrom(writtenNotice({ orderId: 'SO/1 &x', recipient: 'STAFF', paragraphs }))
  expect(message.parts).toEqual([
    {
      kind: 'link',
      text: 'Decide',
      url: 'https://desk.example/orders/SO%2F1%20%26x?action=approve#C-1',
    },
  ])
})

test('a link to answer carries a token that says what is asked and until when', () => {
  const until = Date.UTC(2026, 2, 9)
  const paragraphs = [paragraph('ANSWER_LINK', 'Answer', { caseId: 'C-1', questionId: 'Q-1', until })]
  const [part] = messageFrom(writtenNotice({ language: 'de', paragraphs })).parts
  const token = part?.kind === 'link' ? part.url.replace('https://desk.example/answer/', '') : ''
  expect(readAnswerLink(token, [publicKey], until - 1)).toEqual({
    link: { orderId: 'SO-1041', caseId: 'C-1', questionId: 'Q-1', until, language: 'de' },
  })
})

test('without an end, or for the staff, there is no link by which anybody answers as the customer', () => {
  const endless = [paragraph('ANSWER_LINK', 'Answer', { questionId: 'Q-1' })]
  expect(messageFrom(writtenNotice({ paragraphs: endless })).parts).toEqual([])
  const ending = [paragraph('ANSWER_LINK', 'Answer', { questionId: 'Q-1', until: 1 })]
  expect(messageFrom(writtenNotice({ paragraphs: ending, recipient: 'STAFF' })).parts).toEqual([])
})

test('without the address of the desk links are left out', () => {
  const kinds = messageFrom(writtenNotice(), withoutDesk).parts.map((part) => part.kind)
  expect(kinds).not.toContain('link')
  expect(kinds).toContain('fact')
})

test('a subject is one line and is cut between characters, in any script', () => {
  for (const character of ['x', 'ж', '訂', '👩‍👩‍👧‍👦', 'ש', 'é']) {
    const { subject } = messageFrom(writtenNotice({ subject: character.repeat(301) }))
    expect(subject).toBe(`${character.repeat(300)}…`)
    expect(messageFrom(writtenNotice({ subject: character.repeat(300) })).subject).not.toContain('…')
  }
  expect(messageFrom(writtenNotice({ subject: 'a\r\nBcc: x@y\u2028z' })).subject).toBe('a Bcc: x@y z')
})

test('a name cannot turn what follows it around', () => {
  expect(messageFrom(writtenNotice({ fromName: 'Orders\u202e\r\n Ltd' })).fromName).toBe('Orders Ltd')
})

test('a language that is none is English', () => {
  expect(messageFrom(writtenNotice({ language: '"><script>' })).language).toBe('en')
})
