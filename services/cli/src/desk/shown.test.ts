import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Shown } from './shown.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-shown-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the last digest that a case was shown with is remembered by the next command', () => {
  new Shown(folder, 'http://desk').remember('C-1', 'old')
  new Shown(folder, 'http://desk').remember('C-1', 'new')
  expect(new Shown(folder, 'http://desk').digestOf('C-1')).toBe('new')
  expect(new Shown(folder, 'http://other').digestOf('C-1')).toBeUndefined()
})

test('only the last 500 are kept, and a spoiled file counts as empty', () => {
  const shown = new Shown(folder, 'http://desk')
  for (let n = 0; n <= 500; n++) shown.remember(`C-${n}`, String(n))
  expect([shown.digestOf('C-0'), shown.digestOf('C-1'), shown.digestOf('C-500')]).toEqual([
    undefined,
    '1',
    '500',
  ])
  writeFileSync(join(folder, 'shown.json'), '{')
  expect(shown.digestOf('C-500')).toBeUndefined()
})

test('only its owner may read what was shown', () => {
  const made = join(folder, 'made', 'on-demand')
  const shown = new Shown(made, 'http://desk')
  shown.remember('C-1', 'a')
  shown.remember('C-2', 'b')
  const modes = [made, join(made, 'shown.json')].map((path) => statSync(path).mode & 0o777)
  expect(modes).toEqual([0o700, 0o600])
})

test('where nothing can be written nothing is remembered, and that is told', () => {
  const inTheWay = join(folder, 'file')
  writeFileSync(inTheWay, '')
  const shown = new Shown(join(inTheWay, 'holdpoint'), 'http://desk')
  expect([shown.remember('C-1', 'a'), shown.digestOf('C-1')]).toEqual([false, undefined])
})
