import { expect, test } from 'vitest'
import { terminalProgress } from './progress.ts'

function recorded(isTTY: boolean) {
  let text = ''
  return { output: { isTTY, write: (part: string) => (text += part) }, text: () => text }
}

test('without a terminal each step is one line with its detail and time', async () => {
  const { output, text } = recorded(false)
  const result = await terminalProgress(output).step('Kafka', async (detail) => {
    detail('at here')
    return 7
  })
  expect(result).toBe(7)
  expect(text()).toMatch(/^✓ Kafka {2}at here {2}\d+\.\d s\n$/)
})

test('a step that fails says so and passes the error on', async () => {
  const { output, text } = recorded(false)
  const failing = terminalProgress(output).step('Kafka', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(text()).toMatch(/^✗ Kafka {2}\d+\.\d s\n$/)
})

test('on a terminal a line of text comes before the running steps, which are drawn again', async () => {
  const { output, text } = recorded(true)
  const progress = terminalProgress(output)
  const { promise, resolve } = Promise.withResolvers<void>()
  const step = progress.step('Kafka', () => promise)
  progress.line('hello')
  expect(text()).toMatch(/\r.\[2Khello\n\r.\[2K… Kafka \d+\.\d s$/)
  resolve()
  await step
  expect(text()).toMatch(/✓ Kafka {2}\d+\.\d s\n$/)
})
