import { expect, test } from 'vitest'
import type { LanesObserver } from './handlers.ts'
import { watchTrouble } from './in-trouble.ts'

const nothing = () => undefined
const silent: LanesObserver = {
  opened: nothing,
  closed: nothing,
  pending: nothing,
  fired: nothing,
  unreadable: nothing,
  trouble: nothing,
}

test('a lane is in trouble until it succeeds, or is given away', () => {
  const watched = watchTrouble(silent)
  expect(watched.none()).toBe(true)
  watched.trouble(1, new Error('READONLY'))
  watched.trouble(2, new Error('READONLY'))
  watched.pending(1, 0)
  expect(watched.none()).toBe(false)
  watched.closed(2)
  expect(watched.none()).toBe(true)
})
