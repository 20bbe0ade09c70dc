import { expect, test } from 'vitest'
import { NOW, sampleCorrection } from './testing/sample-inputs.ts'
import { correctionProblems } from './validate-correction.ts'

const day = 24 * 60 * 60 * 1000
const paths = (change: Parameters<typeof sampleCorrection>[0]) =>
  correctionProblems(sampleCorrection(change), NOW).map(({ path }) => path)

test('what a case authorises is sound: fields, or the end of a request, or both', () => {
  expect(paths({})).toEqual([])
  expect(paths({ correctionId: 'C-1:12' })).toEqual([])
  expect(paths({ requestId: 'R-1', settlement: 'REJECTED', corrections: [] })).toEqual([])
  expect(paths({ requestId: 'R-1', settlement: 'APPROVED' })).toEqual([])
})

test.each([
  ['no case', { caseId: '' }, 'caseId'],
  ['the id of another case', { caseId: 'C-2', correctionId: 'C-1:1' }, 'correctionId'],
  ['number 0', { correctionId: 'C-1:0' }, 'correctionId'],
  ['a number that no case reaches', { correctionId: 'C-1:9000000000000000' }, 'correctionId'],
  ['no number', { correctionId: 'C-1' }, 'correctionId'],
  ['a request of which nothing is said', { requestId: 'R-1' }, 'settlement'],
  ['a settlement of nothing', { settlement: 'APPROVED' }, 'requestId'],
  ['a settlement that is newer than intake', { requestId: 'R-1', settlement: 'UNKNOWN' }, 'settlement'],
  ['nothing at all', { corrections: [] }, 'corrections'],
  ['a time to come', { at: NOW + day + 1 }, 'at'],
] as const)('%s: no case has authorised that', (_, change, path) => {
  expect(paths(change as Parameters<typeof paths>[0])).toEqual([path])
})
