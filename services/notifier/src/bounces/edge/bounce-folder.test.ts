import { mkdir, mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BounceFolder, watchBounces } from './bounce-folder.ts'

let folder: string
let watching: BounceFolder | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-bounces-'))
  await mkdir(join(folder, 'new'))
})
afterEach(async () => {
  await watching?.stop()
  await rm(folder, { recursive: true })
})

function watched(take: (text: string) => Promise<void> | void) {
  const errors: unknown[] = []
  const taking = async (bytes: Buffer) => take(String(bytes))
  watching = watchBounces(folder, taking, { everyMs: 5, onError: (error) => errors.push(error) })
  return errors
}

test('each mail that is put into the folder is taken once and moved aside', async () => {
  const taken: string[] = []
  watched((text) => void taken.push(text))
  for (const name of ['1.a', '2.b:2,', '3.c']) await writeFile(join(folder, 'new', name), name)
  await expect.poll(() => readdir(join(folder, 'cur'))).toEqual(['1.a:2,S', '2.b:2,S', '3.c:2,S'])
  expect(taken).toEqual(['1.a', '2.b:2,', '3.c'])
  expect(await readdir(join(folder, 'new'))).toEqual([])
})

test('one that cannot be told now stays, and is taken again', async () => {
  let times = 0
  const errors = watched(() => {
    if (++times < 3) throw new Error('Kafka is away')
  })
  await writeFile(join(folder, 'new', '1.a'), 'x')
  await expect.poll(() => readdir(join(folder, 'cur'))).toEqual(['1.a:2,S'])
  expect(times).toBe(3)
  expect(errors).toHaveLength(2)
})

test('one that is too large to be a report is put aside unread', async () => {
  const taken: string[] = []
  watched((text) => void taken.push(text))
  const file = join(folder, '1.a')
  await writeFile(file, '')
  await truncate(file, 10_000_001)
  await rename(file, join(folder, 'new', '1.a'))
  await expect.poll(() => readdir(join(folder, 'cur'))).toEqual(['1.a:2,S'])
  expect(taken).toEqual([])
})
