import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { treeOf } from '../condition/condition.ts'
import { type Formula, formulaOf, not } from './formula.ts'
import { solve } from './solve.ts'

const stages = ['invoicing', 'shipping']
const formula = (source: string) => formulaOf(treeOf(source))
const canBe = (source: string) => solve(formula(source), stages).is
const canBeFalse = (source: string) => solve(not(formula(source)), stages).is

describe('what can never be true', () => {
  test.each([
    ['order.channel == "web" && order.channel == "phone"'],
    ['lines.total > 5000 && lines.total < 5000'],
    ['lines.total > 5000 && lines.total <= 5000.0000'],
    ['lines.total > 1 && lines.total < 1.0001'],
    ['lines.count > 1 && lines.count < 2'],
    ['lines.count < 0'],
    ['5000 < lines.total && !(lines.total > 10)'],
    ['cancelled && !cancelled'],
    ['has(order.billing.purchaseOrder) && order.billing.purchaseOrder == ""'],
    ['order.channel in ["web", "shop"] && order.channel == "phone"'],
    ['order.channel in ["web"] && !(order.channel in ["web", "shop"])'],
    ['order.shipping.country != order.payment.country && order.payment.country == order.shipping.country'],
    ['lines.total > order.payment.amount && order.payment.amount >= lines.total'],
    ['stages.shipping != "waiting" && stages.shipping != "started" && !(stages.shipping in ["done"])'],
    ['"D" in lines.skus && !("D" in lines.skus)'],
    [
      'order.placedAt < timestamp("2026-01-01T00:00:00Z") && order.placedAt > timestamp("2026-06-01T00:00:00Z")',
    ],
    ['(cancelled ? lines.total > 5 : lines.total > 7) && lines.total == 5'],
    ['lines.maxDiscountPercent == 20 && lines.maxDiscountPercent != 20'],
    ['cancelled == false && cancelled'],
  ])('%s', (source) => {
    expect(canBe(source)).toBe('impossible')
  })
})

describe('what can be true', () => {
  test.each([
    ['lines.total > 5000 && lines.total < 5000.0002', { 'lines.total': '5000.0001' }],
    ['order.channel != "web" && order.channel != ""', { 'order.channel': '"something"' }],
    ['order.channel in ["web", "shop"] && order.channel != "web"', { 'order.channel': '"shop"' }],
    ['lines.count > 1', { 'lines.count': '2' }],
    ['lines.total < 0', { 'lines.total': '-0.0001' }],
    ['stages.shipping != "waiting"', { 'stages.shipping': '"started"' }],
    ['!cancelled && "D" in lines.skus', { cancelled: 'false', '"D" in lines.skus': 'true' }],
    ['order.placedAt >= timestamp("2026-01-01T00:00:00Z")', { 'order.placedAt': '2026-01-01T00:00:00.000Z' }],
    ['lines.total != 0 && lines.total >= 0', { 'lines.total': '0.0001' }],
  ])('%s', (source, example) => {
    const solution = solve(formula(source), stages)
    expect(solution.is === 'possible' && Object.fromEntries(solution.example)).toEqual(example)
  })
})

describe('what is always true', () => {
  test.each([
    ['lines.count >= 0'],
    ['order.channel == "web" || order.channel != "web"'],
    ['cancelled || !cancelled'],
    ['lines.total > 5 || lines.total <= 5'],
    ['event.kind != "PLACED" || stages.shipping in ["waiting", "started", "done"]'],
    ['!(lines.total > 5 && lines.total < 4)'],
  ])('%s', (source) => {
    expect(canBeFalse(source)).toBe('impossible')
  })

  test.each([['lines.total >= 0'], ['has(order.declaredTotal) || order.declaredTotal == 0']])(
    'but not %s',
    (source) => {
      expect(canBeFalse(source)).toBe('possible')
    },
  )
})

test('a formula with more ways of being true than can be looked at has no answer', () => {
  const is = (what: string, value: string): Formula => ({ is: 'text', what, values: [value] })
  const ways: Formula[] = Array.from({ length: 20 }, (_, i) => ({
    is: 'any',
    of: [is(`a${i}`, '1'), is(`b${i}`, '1')],
  }))
  const contradiction: Formula = { is: 'all', of: [is('c', '1'), is('c', '2')] }
  expect(solve({ is: 'all', of: [...ways, contradiction] }, stages).is).toBe('unknown')
})

/** Small formulas over few values, so that every assignment can be tried. */
const numbers = [-10_000n, 0n, 10_000n, 20_000n]
const texts = ['', 'a', 'b']
const atom = fc.oneof(
  fc.record({
    is: fc.constant('number' as const),
    what: fc.constantFrom('n', 'm'),
    from: fc.option(fc.constantFrom(...numbers)),
    to: fc.option(fc.constantFrom(...numbers)),
  }),
  fc.record({
    is: fc.constant('text' as const),
    what: fc.constantFrom('s', 't'),
    values: fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1 }),
  }),
  fc.record({ is: fc.constant('truth' as const), what: fc.constantFrom('p', 'q') }),
)
const { tree } = fc.letrec<{ tree: Formula }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom as fc.Arbitrary<Formula>,
    fc.record({ is: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      is: fc.constantFrom('all' as const, 'any' as const) as fc.Arbitrary<'all'>,
      of: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}))

/** Between and beyond the numbers of the atoms, and a text that no atom names. */
const tried = {
  n: [-10_001n, ...numbers.flatMap((value) => [value, value + 1n])],
  m: [-10_001n, ...numbers.flatMap((value) => [value, value + 1n])],
  s: [...texts, 'other'],
  t: [...texts, 'other'],
  p: [true, false],
  q: [true, false],
}
type Assignment = { [Name in keyof typeof tried]: (typeof tried)[Name][number] }

function isTrue(formula: Formula, values: Assignment): boolean {
  switch (formula.is) {
    case 'all':
      return formula.of.every((part) => isTrue(part, values))
    case 'any':
      return formula.of.some((part) => isTrue(part, values))
    case 'not':
      return !isTrue(formula.of, values)
    case 'truth':
      return values[formula.what as 'p']
    case 'text':
      return formula.values.includes(values[formula.what as 's'])
    case 'number': {
      const value = values[formula.what as 'n']
      return (formula.from === null || value >= formula.from) && (formula.to === null || value <= formula.to)
    }
    default:
      return formula satisfies never
  }
}

function* assignments(): Generator<Assignment> {
  for (const n of tried.n)
    for (const m of tried.m)
      for (const s of tried.s)
        for (const t of tried.t) for (const p of tried.p) for (const q of tried.q) yield { n, m, s, t, p, q }
}

const all = [...assignments()]

test('says "possible" exactly when trying every value finds one', () => {
  fc.assert(
    fc.property(tree, (formula) => {
      const possible = all.some((values) => isTrue(formula, values))
      expect(solve(formula, stages).is).toBe(possible ? 'possible' : 'impossible')
    }),
    { numRuns: 300 },
  )
})
