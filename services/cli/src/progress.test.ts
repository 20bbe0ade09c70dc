import { describe, expect, test } from 'vitest'
import { Progress, progressText, type Step } from './progress.ts'
import type { Terminal } from './terminal.ts'

const step = (more: Partial<Step>): Step => ({
  title: 'Sending',
  unit: 'orders',
  done: 10_600,
  part: 0.5,
  elapsedMs: 4_000,
  ...more,
})

test('tells part, count, rate and what is left', () =>
  expect(progressText(step({}))).toBe(
    'Sending  ████████████░░░░░░░░░░░░  50 %  10,600 orders  2,650/s  4 s left',
  ))

test('tells no part that nobody knows, and no rate of the first moment', () =>
  expect(progressText(step({ part: undefined, elapsedMs: 300, done: 3 }))).toBe('Sending  3 orders  0 s'))

test('is never more than whole', () => expect(progressText(step({ part: 1.2 }))).toContain('█'.repeat(24)))

describe('shown', () => {
  const run = (live: boolean) => {
    const written: string[] = []
    const terminal: Terminal = {
      out: () => undefined,
      err: (text) => written.push(text),
      overwrite: (text) => written.push(`\r\u001b[2K${text}`),
      ask: undefined,
      lines: async function* () {},
      live,
      columns: 40,
    }
    let now = 0
    const progress = new Progress(terminal, 'Sending', 'orders', () => now)
    for (; now <= 12_000; now += 50) progress.set(now, now / 12_000)
    progress.end()
    return written
  }

  test('to a person as one line that is written over and fits', () => {
    const written = run(true)
    expect(written.length).toBeGreaterThan(50)
    expect(written.every((text) => text.startsWith('\r\u001b[2K') && text.length < 50)).toBe(true)
    expect(written.filter((text) => text.endsWith('\n'))).toHaveLength(1)
  })

  test('to a log as a whole line every five seconds', () => {
    const written = run(false)
    expect(written).toHaveLength(3)
    expect(written.every((text) => !text.includes('\r') && text.endsWith('\n'))).toBe(true)
  })
})
