import { describe, expect, test } from 'vitest'
import { type Person, usualNotify } from './roster.ts'
import { type DecidedType, undecidable, undecidableInWords } from './undecidable.ts'

const person = (subject: string, ...roles: string[]): Person => ({
  subject,
  name: subject,
  email: '',
  roles,
  notify: usualNotify,
})

/** What cannot be decided, in words; `people` says who has which role. */
function told(own: Partial<DecidedType>, people: readonly Person[]): string[] {
  const type: DecidedType = {
    type: 'terms',
    name: 'Terms',
    owner: 'finance',
    ladder: [{ to: 'controller' }, { to: 'order-manager' }],
    actions: ['APPROVE', 'REJECT'],
    approvals: 1,
    fourEyes: false,
    requestedBy: [],
    ...own,
  }
  const peopleOf = (role: string) => people.filter(({ roles }) => roles.includes(role))
  return undecidable(type, peopleOf).map((one) => undecidableInWords(one, type))
}

const fiona = person('fiona', 'finance')
const carl = person('carl', 'controller')
const olga = person('olga', 'order-manager')

describe('a case that its owner role cannot decide', () => {
  test('needs more approvals than people', () => {
    expect(told({ approvals: 2 }, [fiona, carl, olga])).toEqual([
      '2 people have to approve, and of finance there is only fiona: controller has it at once',
    ])
    expect(told({ approvals: 3 }, [fiona, carl, olga])).toEqual([
      '3 people have to approve, and of finance there is only fiona: order-manager has it at once',
    ])
    expect(told({ approvals: 4 }, [fiona, carl, olga])).toEqual([
      '4 people have to approve, and of finance there is only fiona: nobody on its ladder could decide it either',
    ])
  })

  test('counts everybody once, whatever roles they have', () => {
    const both = person('fiona', 'finance', 'controller')
    expect(told({ approvals: 2 }, [both, olga])).toEqual([
      '2 people have to approve, and of finance there is only fiona: order-manager has it at once',
    ])
  })

  test('is corrected by the only one who could approve it', () => {
    expect(told({ fourEyes: true, actions: ['CORRECT', 'APPROVE'] }, [fiona, carl, olga])).toEqual([
      'fiona is the only one of finance, and may not approve a correction of their own: controller has it at once',
    ])
    const both = person('fiona', 'finance', 'controller', 'order-manager')
    expect(told({ fourEyes: true, actions: ['CORRECT', 'APPROVE'] }, [both])).toEqual([
      'fiona is the only one of finance, and may not approve a correction of their own: nobody on its ladder could decide it either',
    ])
  })

  test('is asked for by the only one who could decide it', () => {
    expect(told({ requestedBy: ['sales', 'finance'] }, [fiona, carl, olga])).toEqual([
      'fiona is the only one of finance, and may ask for it, but not decide on it then: controller has it at once',
    ])
    const sales = person('fay', 'finance', 'sales')
    expect(told({ requestedBy: ['sales'], approvals: 2 }, [fiona, sales, carl])).toEqual([
      'fay and fiona are all of finance, and fay may ask for it, but not be one of the 2 who approve then: controller has it at once',
    ])
  })
})

describe('a case that its owner role can decide', () => {
  const fay = person('fay', 'finance')

  test.each<[string, Partial<DecidedType>, Person[]]>([
    ['by one of one', {}, [fiona]],
    ['by two of two', { approvals: 2 }, [fiona, fay]],
    ['by another than who corrects', { fourEyes: true, actions: ['CORRECT'] }, [fiona, fay]],
    ['with four eyes, where nobody corrects', { fourEyes: true }, [fiona]],
    ['by another than who asks', { requestedBy: ['finance'] }, [fiona, fay]],
    ['by one whom somebody else asks', { requestedBy: ['sales'] }, [fiona, person('sally', 'sales')]],
  ])('%s is not told', (_, own, people) => {
    expect(told(own, people)).toEqual([])
  })

  test('is nothing that can be told while nobody has the role: that is another fault', () => {
    expect(told({ approvals: 2 }, [carl])).toEqual([])
  })
})
