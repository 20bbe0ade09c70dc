import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Message, Part } from '../../message.ts'
import { slackBody } from './slack.ts'
import { teamsBody } from './teams.ts'

const parts: Part[] = [
  { kind: 'text', text: 'A case is yours: <!channel> & *all* of it.' },
  { kind: 'quote', text: 'Ship it,\nplease' },
  { kind: 'fact', label: 'Order', value: 'SO-1041' },
  { kind: 'link', text: 'Open <it>', url: 'https://desk.example/orders/SO-1041?action=approve#C-1' },
  { kind: 'signature', text: 'Holdpoint' },
]
const message = { subject: 'New case: <terms> & more', parts, language: 'en' } as unknown as Message

test('for Slack a message is blocks in which nothing of ours is a mention, a link or a command', () => {
  expect(slackBody(message)).toEqual({
    text: 'New case: &lt;terms&gt; &amp; more',
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'New case: <terms> & more', emoji: false } },
      ...[
        'A case is yours: &lt;!channel&gt; &amp; *all* of it.',
        '>Ship it,\n>please',
        '*Order:* SO-1041',
        '<https://desk.example/orders/SO-1041?action=approve#C-1|Open &lt;it&gt;>',
        'Holdpoint',
      ].map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })),
    ],
  })
})

test('for Teams a message is a card of plain runs, with its links as buttons', () => {
  const { type, attachments } = teamsBody(message)
  expect(type).toBe('message')
  expect(attachments).toHaveLength(1)
  expect(attachments[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive')
  const card = attachments[0]?.content
  expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.4', lang: 'en' })
  expect(card?.actions).toEqual([
    {
      type: 'Action.OpenUrl',
      title: 'Open <it>',
      url: 'https://desk.example/orders/SO-1041?action=approve#C-1',
    },
  ])
  expect(card?.body[1]).toEqual({
    type: 'RichTextBlock',
    spacing: 'medium',
    inlines: [{ type: 'TextRun', text: 'A case is yours: <!channel> & *all* of it.' }],
  })
  expect(JSON.stringify(card)).not.toContain('"TextBlock"')
})

test('however long a message is, it is no longer than Slack and Teams take, and says that something is left out', () => {
  const long = fc.string({
    unit: fc.constantFrom('&', '<', 'x', '訂', '👩‍👩‍👧‍👦', '\n'),
    minLength: 0,
    maxLength: 6_000,
  })
  const part = fc.oneof(
    fc.record({ kind: fc.constantFrom('text' as const, 'quote' as const), text: long }),
    fc.record({ kind: fc.constant('fact' as const), label: long, value: long }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 80 }), (many) => {
      const some = { ...message, parts: many } as Message
      const { blocks } = slackBody(some)
      expect(blocks.length).toBeLessThanOrEqual(50)
      for (const { type, text } of blocks) {
        expect(text.text.length).toBeGreaterThan(0)
        expect(text.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3_000)
      }
      expect(Buffer.byteLength(JSON.stringify(teamsBody(some)))).toBeLessThan(28_000)
    }),
    { numRuns: 50 },
  )
  const many = Array.from({ length: 80 }, (): Part => ({ kind: 'text', text: 'x'.repeat(2_000) }))
  const some = { ...message, parts: many } as Message
  expect(slackBody(some).blocks.at(-1)?.text.text).toBe('…')
  expect(JSON.stringify(teamsBody(some))).toContain('"…"')
})
