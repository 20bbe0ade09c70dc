import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlOf } from './html.ts'
import type { MessagePart as Part } from './part.ts'
import { textOf } from './plain-text.ts'

const parts: Part[] = [
  { kind: 'text', text: 'Dear Mara,\nwe ask:' },
  { kind: 'quote', text: 'Boston,\nLincolnshire?' },
  { kind: 'fact', label: 'Order', value: 'SO-1' },
  { kind: 'fact', label: 'Total', value: '£5' },
  { kind: 'link', text: 'Answer', url: 'https://desk.example/answer/a1.x.y?a=1&b=2' },
  { kind: 'signature', text: 'Sam' },
]
const page = (some: Part[]) => htmlOf({ language: 'en', subject: 'A <question>', parts: some })

test('the page and the text say the same, in the same order', () => {
  expect(textOf({ parts })).toBe(`Dear Mara,
we ask:

> Boston,
> Lincolnshire?

Order: SO-1
Total: £5

Answer:
https://desk.example/answer/a1.x.y?a=1&b=2

Sam
`)
  const body = page(parts).split('<body>')[1]
  expect(body).toBe(`
<p dir="auto">Dear Mara,<br>
we ask:</p>
<blockquote><p dir="auto">Boston,<br>
Lincolnshire?</p></blockquote>
<dl><dt dir="auto">Order</dt><dd dir="auto">SO-1</dd><dt dir="auto">Total</dt><dd dir="auto">£5</dd></dl>
<p dir="auto"><a href="https://desk.example/answer/a1.x.y?a=1&amp;b=2">Answer</a></p>
<p dir="auto">Sam</p>
</body>
</html>
`)
})

test('the page names its language and its subject, and fetches nothing', () => {
  const html = page(parts)
  expect(html).toContain('<html lang="en">')
  expect(html).toContain('<title>A &lt;question&gt;</title>')
  expect(html).not.toMatch(/<(img|script|link|iframe|table|form)|url\(|@import|javascript:/i)
})

test('no text can add a tag or an attribute', () => {
  const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"<>]*"/, 'href'))
  const kinds = ['text', 'quote', 'signature'] as const
  const written = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '=', ' ', ';') })
  fc.assert(
    fc.property(written, fc.constantFrom(...kinds), (text, kind) => {
      const some = (value: string): Part[] => [
        { kind, text: value },
        { kind: 'fact', label: value, value },
        { kind: 'link', text: value, url: 'https://desk.example/' },
      ]
      expect(tags(page(some(text)))).toEqual(tags(page(some(''))))
    }),
  )
})
