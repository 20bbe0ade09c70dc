import { describe, expect, test } from 'vitest'
import { parsePolicy } from './parse-policy.ts'
import { policyText } from './sample-revision.ts'

const base = policyText('lines.total > 5000')

function errorsOf(text: string) {
  const parsed = parsePolicy(text)
  return 'errors' in parsed ? parsed.errors : []
}

/** Line and column at which a piece of text stands. */
function placeOf(piece: string, text: string) {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

describe('a planted error is told with its line and column', () => {
  test.each<
    [
      what: string,
      piece: string,
      replacement: string,
      at: string,
      message: string | RegExp,
      hint?: string | RegExp,
    ]
  >([
    [
      'role',
      'owner: finance',
      'owner: finanse',
      'finanse',
      'there is no role "finanse"',
      'did you mean "finance"?',
    ],
    [
      'order owner',
      'order-owner: order-manager',
      'order-owner: order-manger',
      'order-manger',
      'there is no role "order-manger"',
      'did you mean "order-manager"?',
    ],
    [
      'order owner without backup',
      'order-manager: { backup: controller }',
      'order-manager: {}',
      'order-manager\nstages',
      'the role "order-manager" has no backup, so nobody could stand in for the order owner',
      /^write under roles/,
    ],
    [
      'backup',
      'finance: { backup: controller }',
      'finance: { backup: controler }',
      'controler }',
      'there is no role "controler"',
      'did you mean "controller"?',
    ],
    [
      'own backup',
      'finance: { backup: controller }',
      'finance: { backup: finance }',
      'finance }',
      '"finance" cannot be its own backup',
    ],
    [
      'owner without backup',
      'owner: finance',
      'owner: sales',
      'sales\n    reviewers',
      'nobody decides when sales is late',
      /^write backup: … here/,
    ],
    [
      'reviewer who owns',
      'reviewers: [sales]',
      'reviewers: [finance]',
      'finance]',
      '"finance" owns the case and decides it',
    ],
    [
      'reviewer twice',
      'reviewers: [sales]',
      'reviewers: [sales, sales]',
      'sales]',
      '"sales" is listed twice',
    ],
    [
      'stage',
      'holds: [invoicing]',
      'holds: [invoicing, shiping]',
      'shiping]',
      'there is no stage "shiping"',
      'did you mean "shipping"?',
    ],
    [
      'customer message',
      'customer: checked',
      'customer: cheked',
      'cheked',
      'there is no message "cheked"',
      'did you mean "checked"?',
    ],
    ['short unit', '2 hours', '2 hrs', '2 hrs', '"2 hrs" is not a time', /^write 30 minutes/],
    [
      'kind',
      'kind: approval',
      'kind: aproval',
      'aproval',
      '"kind" cannot be "aproval"',
      'did you mean "approval"?',
    ],
    [
      'field name',
      'owner: finance',
      'owner: finance\n    holdz: []',
      'holdz',
      'the exception "odd" has no field "holdz"',
      'did you mean "holds"?',
    ],
    [
      'field of a role',
      'sales: {}',
      'sales: { bakup: finance }',
      'bakup',
      'the role "sales" has no field "bakup"',
      'did you mean "backup"?',
    ],
    [
      'missing field',
      '    owner: finance\n',
      '',
      'odd:',
      'the exception "odd" has no "owner"',
      /^write owner: the role that decides/,
    ],
    [
      'missing part',
      'title: Order exceptions\n',
      '',
      'order-owner',
      'the policy has no "title"',
      'write title: Order exceptions',
    ],
    ['number as text', 'title: Order exceptions', 'title: 2026', '2026', '"title" has to be text, not 2026'],
    ['empty field', 'name: Odd order', 'name:', 'name:\n', '"name" has to be text, not empty'],
    [
      'text as list',
      'holds: [invoicing]',
      'holds: invoicing',
      'invoicing\n    customer',
      '"holds" has to be a list, not "invoicing"',
    ],
    [
      'number in a list',
      'holds: [invoicing]',
      'holds: [7]',
      '7]',
      'entry 1 of "holds" has to be text, not 7',
    ],
    [
      'name of a type',
      '  odd:',
      '  Odd Order:',
      'Odd Order',
      '"Odd Order" is not a name: small letters, digits and "-", such as order-manager',
    ],
    ['built-in type', '  odd:', '  cannot-classify:', 'cannot-classify', '"cannot-classify" is built in'],
    [
      'correct without fields',
      'customer: checked',
      'actions: [correct]\n    customer: checked',
      'actions',
      'nothing is said about what may be corrected',
      /^write may-correct/,
    ],
    [
      'correction without fields',
      'kind: approval',
      'kind: correction',
      'kind: correction',
      'nothing is said about what may be corrected',
      /^write may-correct/,
    ],
    [
      'fields without correct',
      'customer: checked',
      'may-correct: { fields: [currency], until: shipping }\n    customer: checked',
      'may-correct',
      'the action "correct" is not allowed',
    ],
    [
      'field to correct',
      'kind: approval',
      'kind: correction\n    may-correct: { fields: [shiping.*], until: shipping }',
      'shiping.*',
      'an order has no field shiping.*',
      'did you mean "shipping.*"?',
    ],
    [
      'last stage to correct',
      'kind: approval',
      'kind: correction\n    may-correct: { fields: [shipping.*], until: shiping }',
      'shiping }',
      'there is no stage "shiping"',
      'did you mean "shipping"?',
    ],
    [
      'language',
      '    en: {',
      '    English: {',
      'English',
      '"English" is not a language, such as en or pt-BR',
    ],
    ['no English text', '    en: {', '    de: {', 'checked:\n', 'the message "checked" has no text in en'],
    [
      'name in a template',
      '{{ order.id }}',
      '{{ order.idd }}',
      '"Your order',
      'messages have no value named "order.idd"',
      'did you mean "order.id"?',
    ],
    ['form of a template', '{{ due }}', '{{ due', '"We look', /^the template cannot be read/, /^Liquid/],
    [
      'filter of a template',
      '{{ due }}',
      '{{ due | shout }}',
      '"We look',
      /^the template cannot be read/,
      /^Liquid/,
    ],
    [
      'name of JavaScript',
      'sales: {}',
      'sales: {}\n  __proto__: {}',
      '__proto__',
      '"__proto__" cannot be a name',
    ],
    [
      'anchor',
      'owner: finance',
      'owner: &who finance',
      'finance\n    reviewers',
      'anchors (&) and references (*) are not allowed',
    ],
    ['reference', 'owner: finance', 'owner: *who', '*who', 'anchors (&) and references (*) are not allowed'],
    [
      'tag',
      "when: 'lines",
      "when: !cancelled 'lines",
      "'lines",
      'a value cannot begin with !',
      /single quotes/,
    ],
    [
      'name twice',
      'owner: finance',
      'owner: finance\n    owner: sales',
      'owner: sales',
      'this name is there twice',
      'keep one of them',
    ],
    ['tab', 'holds: [invoicing]', 'holds:\t[invoicing]', '\t[', 'there is a tab', /^use blanks/],
    [
      'bare quote',
      "when: 'lines.total > 5000'",
      'when: "D" in lines.skus',
      'in lines',
      'unexpected scalar at node end',
      /put whole in single quotes/,
    ],
    [
      'colon',
      'rule: The order',
      'rule: Mind: the order',
      'Mind',
      'nested mappings are not allowed in compact mappings',
      /quotes/,
    ],
  ])('%s', (_, piece, replacement, at, message, hint) => {
    if (!base.includes(piece)) throw new Error(`The policy does not hold ${piece}`)
    const text = base.replace(piece, () => replacement)
    const wanted = {
      ...placeOf(at, text),
      message: expectation(message),
      hint: hint ? expectation(hint) : expect.any(String),
    }
    expect(errorsOf(text)).toContainEqual(wanted)
  })

  const expectation = (wanted: string | RegExp) =>
    typeof wanted === 'string' ? wanted : expect.stringMatching(wanted)
})
