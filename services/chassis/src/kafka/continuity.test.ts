import type { Batch } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { Continuity } from './continuity.ts'

const batch = (fetchedOffset: number, lastOffset: number) =>
  ({ fetchedOffset: String(fetchedOffset), lastOffset: () => String(lastOffset) }) as unknown as Batch

describe('continuity of fetched batches', () => {
  it('takes batches that follow one another', () => {
    const reading = new Continuity(5)
    expect(reading.judge(batch(5, 9))).toBe('take')
    expect(reading.judge(batch(10, 10))).toBe('take')
    expect(reading.next).toBe(11)
  })

  it('asks again after a gap, and believes it when it comes a second time', () => {
    const reading = new Continuity(5)
    expect(reading.judge(batch(8, 9))).toBe('refetch')
    expect(reading.next).toBe(5)
    expect(reading.judge(batch(8, 9))).toBe('take')
    expect(reading.next).toBe(10)
  })

  it('loses nothing when a batch from before a seek arrives late', () => {
    const reading = new Continuity(0)
    expect(reading.judge(batch(500, 600))).toBe('refetch')
    expect(reading.judge(batch(0, 99))).toBe('take')
    expect(reading.next).toBe(100)
    expect(reading.judge(batch(500, 600))).toBe('refetch')
    expect(reading.next).toBe(100)
  })

  it('never goes back', () => {
    const reading = new Continuity(50)
    expect(reading.judge(batch(10, 20))).toBe('take')
    expect(reading.next).toBe(50)
  })

  it('passes over a batch of control records only when it was seen twice', () => {
    const reading = new Continuity(5)
    expect(reading.passOver(7)).toBe('refetch')
    expect(reading.passOver(7)).toBe('take')
    expect(reading.next).toBe(8)
  })
})
