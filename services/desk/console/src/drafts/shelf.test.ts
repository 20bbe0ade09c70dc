import { describe, expect, it } from 'vitest'
import { createShelf, limits, type Storage } from './shelf.ts'

/** As a browser's: texts by name, with room for so many characters. */
function storageOf(room = Number.POSITIVE_INFINITY) {
  const texts = new Map<string, string>()
  return {
    texts,
    get length() {
      return texts.size
    },
    key: (index: number) => [...texts.keys()][index] ?? null,
    getItem: (name: string) => texts.get(name) ?? null,
    setItem(name: string, text: string) {
      const others = [...texts].filter(([other]) => other !== name)
      const used = others.reduce((sum, [other, value]) => sum + other.length + value.length, 0)
      if (used + name.length + text.length > room) throw new Error('QuotaExceededError')
      texts.set(name, text)
    },
    removeItem: (name: string) => void texts.delete(name),
  }
}

const key = (about: string, action = 'approve', person = 'sam') => ({ person, about, action })

describe('what somebody has begun to write', () => {
  it('is there again after the page was loaded anew, for them and for that form only', () => {
    const storage = storageOf()
    createShelf(storage).put(key('C-1'), { reason: 'Rang them' })
    const again = createShelf(storage)
    expect(again.get(key('C-1'))).toEqual({ reason: 'Rang them' })
    for (const other of [key('C-1', 'stop'), key('C-2'), key('C-1', 'approve', 'suzy')])
      expect(again.get(other)).toBeUndefined()
  })

  it('is gone once it is dropped', () => {
    const shelf = createShelf(storageOf())
    shelf.put(key('C-1'), { reason: 'x' })
    shelf.drop(key('C-1'))
    expect(shelf.get(key('C-1'))).toBeUndefined()
    expect(shelf.begun('sam', 'C-1')).toEqual([])
  })

  it('is listed by what it is about, the last first, quotes and spaces in names or not', () => {
    let now = 0
    const shelf = createShelf(storageOf(), () => ++now)
    shelf.put(key('C "1"', 'ask'), { reason: 'first' })
    shelf.put(key('C "1"', 'stop'), { reason: 'second' })
    shelf.put(key('C-2'), { reason: 'other' })
    expect(shelf.begun('sam', 'C "1"')).toEqual([
      { action: 'stop', value: { reason: 'second' } },
      { action: 'ask', value: { reason: 'first' } },
    ])
  })

  it('is kept for two weeks and no longer', () => {
    let now = 1_000
    const storage = storageOf()
    const shelf = createShelf(storage, () => now)
    shelf.put(key('C-1'), { reason: 'x' })
    now += limits.keptMs - 1
    expect(shelf.get(key('C-1'))).toEqual({ reason: 'x' })
    now += 1
    expect(shelf.get(key('C-1'))).toBeUndefined()
    expect(storage.texts.size).toBe(0)
  })
})

describe('the room in the browser', () => {
  it('has a bound: the oldest go first', () => {
    let now = 0
    const storage = storageOf()
    const shelf = createShelf(storage, () => ++now)
    for (let one = 1; one <= limits.entries + 3; one++) shelf.put(key(`C-${one}`), { one })
    expect(storage.texts.size).toBe(limits.entries)
    expect(shelf.get(key('C-3'))).toBeUndefined()
    expect(shelf.get(key('C-4'))).toEqual({ one: 4 })
  })

  it('is made by giving up the oldest when the browser has none left', () => {
    let now = 0
    const shelf = createShelf(storageOf(400), () => ++now)
    shelf.put(key('C-1'), { reason: 'a'.repeat(200) })
    shelf.put(key('C-2'), { reason: 'b'.repeat(200) })
    expect(shelf.get(key('C-1'))).toBeUndefined()
    expect(shelf.get(key('C-2'))).toEqual({ reason: 'b'.repeat(200) })
  })

  it('is not taken by a text that is longer than anything a form sends', () => {
    const storage = storageOf()
    createShelf(storage).put(key('C-1'), { reason: 'a'.repeat(limits.length) })
    expect(storage.texts.size).toBe(0)
  })

  it('is shared with others: what is not ours, or was spoiled, is nothing', () => {
    const storage = storageOf()
    storage.texts.set('theirs', '{"at":1}')
    storage.texts.set('holdpoint.draft ["sam","C-1","approve"]', '{"at":')
    storage.texts.set('holdpoint.draft null', '{"at":99999999999999,"value":{}}')
    const shelf = createShelf(storage)
    expect(shelf.get(key('C-1'))).toBeUndefined()
    expect(shelf.begun('sam', 'C-1')).toEqual([])
    expect(storage.texts.has('theirs')).toBe(true)
  })

  it('may be forbidden: nothing is kept, and nothing breaks', () => {
    const forbidden = new Proxy({} as Storage, {
      get: () => {
        throw new Error('SecurityError')
      },
    })
    const shelf = createShelf(forbidden)
    shelf.put(key('C-1'), { reason: 'x' })
    shelf.drop(key('C-1'))
    expect(shelf.get(key('C-1'))).toBeUndefined()
    expect(shelf.begun('sam', 'C-1')).toEqual([])
  })
})
