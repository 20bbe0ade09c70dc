import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openWithinMs } from '../testing/databases.ts'
import { openDatabase } from './open.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'desk-data-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const open = () => openDatabase({ databaseUrl: undefined, dataDir }, () => {})

it(
  'makes a folder anew that was never made to the end, and keeps one that was',
  async () => {
    await mkdir(join(dataDir, 'desk', 'base'), { recursive: true })
    await writeFile(join(dataDir, 'desk', 'PG_VERSION'), '18\n')
    const first = await open()
    expect((await stat(join(dataDir, 'desk'))).mode & 0o777).toBe(0o700)
    await first.script('create table kept (id int); insert into kept values (7)')
    await first.close()
    const second = await open()
    expect(await second.query('select id from kept')).toEqual([{ id: 7 }])
    await second.close()
  },
  openWithinMs,
)

it(
  'says what to do when the folder cannot be opened',
  async () => {
    await mkdir(join(dataDir, 'desk'), { recursive: true })
    await writeFile(join(dataDir, 'desk', 'holdpoint.made'), '')
    await writeFile(join(dataDir, 'desk', 'PG_VERSION'), '9\n')
    await expect(open()).rejects.toThrow(/delete it: the desk builds it again/)
  },
  openWithinMs,
)
