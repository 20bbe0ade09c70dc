import { describe, expect, it } from 'vitest'
import { type CaseRow, foldCase } from './case-row.ts'
import { stopsOf } from './stops.ts'
import { opened } from './testing/messages.ts'

const stages = ['invoicing', 'shipping']
const row = (more: Parameters<typeof opened>[2] = {}) => foldCase(undefined, opened('A', 1, more)) as CaseRow
const by = { subject: 'sam', name: 'Sam' }

describe('what a no stops', () => {
  it('is what the case holds, and every stage when it is said of the whole order', () =>
    expect(stopsOf(row(), { stages, isRequestOpen: false })).toEqual({
      reject: ['invoicing'],
      stop: ['invoicing'],
      wholeOrder: stages,
    }))

  it('is nothing where a request is refused, for the order stays as it was', () => {
    const asked = row({ requestId: 'R-1' })
    expect(stopsOf(asked, { stages, isRequestOpen: true })).toMatchObject({
      reject: [],
      stop: ['invoicing'],
    })
    expect(stopsOf(asked, { stages, isRequestOpen: false })).toMatchObject({ reject: ['invoicing'] })
  })

  it('is nothing where the values that came with a raised case are refused', () => {
    const raised = { ...row({ raisedBy: 'sam' }), proposal: { corrections: [], by } }
    expect(stopsOf(raised, { stages, isRequestOpen: false })).toMatchObject({ reject: [] })
  })

  it('is every stage, by a stop, where the case holds none', () =>
    expect(stopsOf(row({ holds: [] }), { stages, isRequestOpen: false })).toMatchObject({
      reject: [],
      stop: stages,
    }))
})
