import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpill, type Spill } from './edge/spill.ts'
import { type Blocks, memoryBlocks, Rows } from './rows.ts'

let spill: Spill
beforeAll(() => {
  spill = openSpill()
})
afterAll(() => spill.close())

/** Several of one store, filled and read at random. */
const several = fc.array(
  fc.record({ of: fc.nat(2), rows: fc.nat(700), look: fc.array(fc.nat(2_000), { maxLength: 5 }) }),
  { maxLength: 8 },
)

test.each<[string, () => Blocks]>([
  ['memory', memoryBlocks],
  ['a file', () => spill.blocks],
])('rows in %s are what was added, in whichever order they are read', (_, blocks) => {
  fc.assert(
    fc.property(several, (steps) => {
      const store = blocks()
      const all = [0, 1, 2].map(() => ({ rows: new Rows(8, store), added: [] as number[] }))
      const row = Buffer.alloc(8)
      for (const { of, rows: count, look } of steps) {
        const { rows, added } = all[of] as (typeof all)[0]
        for (let i = 0; i < count; i++) {
          added.push(of * 1_000_000 + added.length)
          row.writeDoubleLE(added.at(-1) as number)
          rows.add(row)
        }
        expect(rows.length).toBe(added.length)
        for (const index of look)
          if (index < added.length) expect(rows.at(index).readDoubleLE()).toBe(added[index])
      }
      for (const { rows, added } of all) expect(added.map((_, i) => rows.at(i).readDoubleLE())).toEqual(added)
    }),
    { numRuns: 30 },
  )
})
