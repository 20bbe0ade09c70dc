import { describe, expect, test } from 'vitest'
import { isCalled } from './same-person.ts'

const fiona = { subject: 'fiona', name: 'Fiona Walsh', email: 'fiona@harbour-gifts.example' }

describe('a text that means a person', () => {
  test.each([
    'fiona',
    'Fiona',
    ' FIONA ',
    'fiona walsh',
    'Fiona  Walsh',
    'Fiona\u00a0Walsh',
    'Ｆiona Walsh',
    'FIONA@HARBOUR-GIFTS.EXAMPLE',
    'Walsh, Fiona',
    'mailto:fiona@harbour-gifts.example',
    'Fiona Walsh <fiona@harbour-gifts.example>',
    '"Walsh, Fiona" <fiona.walsh@elsewhere.example>',
    '<Fiona@Harbour-Gifts.example>',
  ])('%j', (said) => {
    expect(isCalled(fiona, said)).toBe(true)
  })
})

describe('a text that means nobody, or somebody else', () => {
  test.each(['', ' ', 'sally', 'Fiona W', 'Fiona Walsham', 'Fiona, Walsh', 'fiona@elsewhere.example', '<>'])(
    '%j',
    (said) => {
      expect(isCalled(fiona, said)).toBe(false)
    },
  )

  test('an address that nobody has is not that of somebody without one', () => {
    expect(isCalled({ ...fiona, email: '' }, '')).toBe(false)
  })
})
