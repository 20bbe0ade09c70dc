import { describe, expect, test } from 'vitest'
import { readCondition } from './condition.ts'
import { vocabularyOf } from './vocabulary.ts'

const vocabulary = vocabularyOf({
  stages: ['invoicing', 'gift-wrapping'],
  calendars: { office: { zone: 'Europe/London', open: { 'mon-fri': '09:00-17:30' }, holidays: 'GB-ENG' } },
})

function problems(source: string) {
  const read = readCondition(source, vocabulary)
  return 'problems' in read ? read.problems : []
}

describe('what is refused, and where', () => {
  test.each([
    ['lines.totl > 5', 6, 'lines has nothing named totl', 'did you mean "total"?'],
    ['ordr.id == "a"', 0, 'there is nothing named ordr', 'did you mean "order"?'],
    [
      'cancelled && order.shipping.citty == "a"',
      28,
      'order.shipping has nothing named citty',
      'did you mean "city"?',
    ],
    [
      'has(order.billing.purchaseOrdr)',
      18,
      'order.billing has nothing named purchaseOrdr',
      'did you mean "purchaseOrder"?',
    ],
    [
      'stages.shiping == "started"',
      7,
      'stages has nothing named shiping',
      'there is invoicing, gift-wrapping',
    ],
    ['stages.invoicing == "stared"', 20, 'it is never "stared"', 'did you mean "started"?'],
    ['"PLACD" == event.kind', 0, 'it is never "PLACD"', 'did you mean "PLACED"?'],
    ['stages.invoicing in ["done", "stared"]', 29, 'it is never "stared"', 'did you mean "started"?'],
    ['lines.total > "5000"', 0, '> compares a number with text', 'write the number without quotes'],
    [
      'order.channel == 5',
      0,
      '== compares text with a number',
      'write the text in quotes: "5", or number(…) around the other side',
    ],
    [
      'order.channel > "a"',
      0,
      '> does not compare text with text',
      'numbers and instants have an order; number(…) makes a number of text',
    ],
    ['lines.skus == "D"', 0, '== compares a list of texts with text', 'use in: "…" in the list'],
    [
      'lines.skus == lines.descriptions',
      0,
      '== does not compare a list of texts with a list of texts',
      'use in, or size(…)',
    ],
    [
      'order.channel in [1]',
      18,
      'in compares text with a number',
      'write the text in quotes: "1", or number(…) around the other side',
    ],
    ['order.channel in [order.id]', 18, 'a list holds plain values only', 'such as ["web", "shop"]'],
    [
      '"a" in order.channel',
      7,
      'behind in stands text',
      'a list such as lines.skus or ["web", "shop"] has to stand there',
    ],
    ['order.channel + "a" == "b"', 0, '+ takes numbers, not text', 'number(…) makes a number of text'],
    [
      'order.channel == null',
      17,
      'a condition has no null',
      'absent text is "" and absent numbers are 0; has(…) tells',
    ],
    [
      'lines.total',
      0,
      'the condition is not something that is true or false',
      'compare it with something, such as lines.total > 5000',
    ],
    [
      'lines.total && cancelled',
      0,
      'here has to stand something that is true or false, not a number',
      'compare it with something, or use has(…)',
    ],
    [
      '!lines.total',
      1,
      'here has to stand something that is true or false, not a number',
      'compare it with something, or use has(…)',
    ],
    [
      '1 < 2',
      0,
      'the condition looks at nothing, so it is always the same',
      'name what the rule depends on, such as order.channel == "web"',
    ],
    [
      'order.shipping == "a"',
      6,
      'order.shipping is not one value',
      /^name what you mean: order\.shipping\.name, /,
    ],
    ['order.id.x == "a"', 9, 'order.id has nothing named x in it', 'write order.id alone'],
    ['order.lines[0].sku == "D"', 0, 'only names can be followed by . or [ ]', /^such as/],
    ['size(order.lines) > 2', 11, 'a rule does not look at single lines', /^use lines\.total/],
    [
      'lines.skus.exists(s, s == "D")',
      11,
      'there is no function .exists(…)',
      'there is contains, startsWith, endsWith',
    ],
    [
      'order.channel.matches("^(a+)+$")',
      14,
      'there is no function .matches(…)',
      'there is contains, startsWith, endsWith',
    ],
    [
      'cel.bind(x, lines.total, x > 5)',
      4,
      'there is no function .bind(…)',
      'there is contains, startsWith, endsWith',
    ],
    ['type(lines.total) == 5', 0, 'there is no function type(…)', /./],
    ['hasOwnProperty(order.id)', 0, 'there is no function hasOwnProperty(…)', /./],
    ['has(cancelled)', 4, 'cancelled always has a value', /^has\(…\) takes what may be absent/],
    ['has(order.id, order.id)', 0, 'has(…) takes one value, not 2', 'write has(…) around one value'],
    ['changed("shiping.*")', 8, 'an order has no field shiping.*', 'did you mean "shipping.*"?'],
    ['lines.total > 0.00001', 14, '0.00001 is no number that a rule can compare', /four behind it/],
    ['lines.total > 1e3', 14, '1e3 is no number that a rule can compare', /./],
    ['lines.count % 2 == 0', 0, 'a condition has no remainder (%)', /^use /],
    ['{"a": 1} == cancelled', 0, 'a condition has no { }', /^use /],
    [
      'order.channel = "web"',
      14,
      'unexpected character: =',
      'compare with == (two signs), join with && or ||',
    ],
    ['order.channel == "web', 17, 'unterminated string', /^close the text/],
    ['order.channel == ', 17, 'something is missing at the end', /^a condition reads like/],
    ['', 0, 'something is missing at the end', /^a condition reads like/],
    [
      'changed("lines") && request.kind == "a"',
      0,
      'the condition reads both request and changes',
      /^a rule about a request/,
    ],
    ['order.placedAt > timestamp("yesterday")', 27, '"yesterday" is no instant', /^such as/],
    ['order.placedAt > timestamp(order.id)', 27, 'timestamp(…) takes an instant in quotes', /^such as/],
    ['order.placedAt > timestamp("2026-02-30T10:00:00Z")', 27, 'there is no 30 February 2026', /^such as/],
  ])('%s', (source, at, message, hint) => {
    expect(problems(source)).toEqual([
      { at, message, hint: typeof hint === 'string' ? hint : expect.stringMatching(hint) },
    ])
  })

  test('every problem of an expression is told at once', () => {
    expect(problems('lines.totl > 5 && order.chanel == "web"').map(({ at }) => at)).toEqual([6, 24])
  })

  test.each([
    ['much text', `order.channel == "${'a'.repeat(3_000)}"`, 'the condition has 3019 characters'],
    ['many pieces', Array(180).fill('cancelled').join('||'), 'the condition is too long or too deep'],
    ['depth', `${'('.repeat(100)}cancelled${')'.repeat(100)}`, 'the condition is too long or too deep'],
    ['many signs', `${'!'.repeat(1_900)}cancelled`, 'the condition is too long or too deep'],
  ])('%s is bounded', (_, source, message) => {
    expect(problems(source)).toMatchObject([{ message }])
  })
})
