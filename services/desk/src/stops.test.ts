import { describe, expect, it } from 'vitest'
import { type CaseRow, foldCase } from './case-row.ts'
import { stopsOf } from './stops.ts'
import { opened } from './testing/messages.ts'

const stages = ['invoicing', 'shipping']
const row = (more: Parameters<typeof opened>[2] = {}) => foldCase(undefined, opened('A', 1, more)) as CaseRow
const by = { subject: 'sam', name: 'Sam' }

describe('what a no stops', () => {
  it('is every stage, for goods that nobody bills must not leave', () =>
    expect(stopsOf(row(), { stages, isRequestOpen: false })).toEqual({
      reject: stages,
      stop: stages,
      wholeOrder: stages,
    }))

  it('is what the type says, and every stage when it is said of the whole order', () =>
    expect(stopsOf({ ...row(), may_stop: ['invoicing'] }, { stages, isRequestOpen: false })).toEqual({
      reject: ['invoicing'],
      stop: ['invoicing'],
      wholeOrder: stages,
    }))

  it('is nothing where a request is refused, for the order stays as it was', () => {
    const asked = row({ requestId: 'R-1' })
    expect(stopsOf(asked, { stages, isRequestOpen: true })).toMatchObject({ reject: [], stop: stages })
    expect(stopsOf(asked, { stages, isRequestOpen: false })).toMatchObject({ reject: stages })
  })

  it('is nothing where the values that came with a raised case are refused', () => {
    const raised = { ...row({ raisedBy: 'sam' }), proposal: { corrections: [], by } }
    expect(stopsOf(raised, { stages, isRequestOpen: false })).toMatchObject({ reject: [] })
  })
})
