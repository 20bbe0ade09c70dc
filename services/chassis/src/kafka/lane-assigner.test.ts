import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { laneCount, shareLanes } from './lane-assigner.ts'

const members = fc.dictionary(fc.string({ minLength: 1 }), fc.array(fc.nat(12), { maxLength: 8 }), {
  minKeys: 1,
})

describe('sharing lanes', () => {
  it('gives every lane to exactly one member, and no member more than one lane more than another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), members, (lanes, owned) => {
        const given = [...shareLanes(lanes, new Map(Object.entries(owned))).values()]
        const all = given.flat().sort((a, b) => a - b)
        expect(all).toEqual(Array.from({ length: lanes }, (_, lane) => lane))
        const sizes = given.map((mine) => mine.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('changes nothing when it is asked again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), members, (lanes, owned) => {
        const first = shareLanes(lanes, new Map(Object.entries(owned)))
        const sorted = (map: Map<string, number[]>) =>
          [...map].map(([id, mine]) => [id, mine.sort((a, b) => a - b)])
        expect(sorted(shareLanes(lanes, first))).toEqual(sorted(first))
      }),
    )
  })

  it('takes only as many lanes from a member as a new one needs', () => {
    const given = shareLanes(
      4,
      new Map([
        ['a', [0, 1, 2, 3]],
        ['b', []],
      ]),
    )
    expect(given.get('a')).toEqual([0, 1])
    expect(given.get('b')).toEqual([2, 3])
  })

  it('gives a lane that two members claim to one of them', () => {
    const given = shareLanes(
      2,
      new Map([
        ['a', [0, 1]],
        ['ghost', [0, 1]],
      ]),
    )
    expect([...given.values()].flat().sort()).toEqual([0, 1])
  })
})

describe('the number of lanes', () => {
  it('is that of the co-partitioned topics; a topic with one partition may go with them', () => {
    expect(
      laneCount(
        new Map([
          ['a', 4],
          ['b', 4],
          ['table', 1],
        ]),
      ),
    ).toBe(4)
  })

  it('is refused, with names and numbers, when topics do not match', () => {
    expect(() =>
      laneCount(
        new Map([
          ['orders', 4],
          ['cases', 3],
        ]),
      ),
    ).toThrow(/cases has 3, others have 4/)
  })
})
