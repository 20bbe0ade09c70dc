import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** No report is that large, bytes: what is, is put aside unread. */
const mostBytes = 10_000_000

export interface BounceFolder {
  /** Resolves when nothing is being read any more. */
  stop(): Promise<void>
}

/**
 * Hands over each mail that is put into `new` of a Maildir, and moves it to `cur` once `take` has resolved; one that is
 * rejected stays and is handed over again. So each is taken at least once. A mail server, or a program that fetches from
 * a mailbox, fills it.
 */
export function watchBounces(
  folder: string,
  take: (bytes: Buffer) => Promise<void>,
  { everyMs, onError }: { everyMs: number; onError: (error: unknown) => void },
): BounceFolder {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    try {
      await takeAll(folder, take, () => stopped)
    } catch (error) {
      onError(error)
    }
    if (!stopped) timer = setTimeout(again, everyMs)
  }
  const again = () => {
    looking = look()
  }
  let looking = look()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}

async function takeAll(
  folder: string,
  take: (bytes: Buffer) => Promise<void>,
  isStopped: () => boolean,
): Promise<void> {
  const [fresh, seen] = [join(folder, 'new'), join(folder, 'cur')]
  for (const made of [fresh, seen, join(folder, 'tmp')]) await mkdir(made, { recursive: true, mode: 0o700 })
  for (const name of (await readdir(fresh)).toSorted()) {
    if (isStopped()) return
    const file = join(fresh, name)
    const { size } = await stat(file)
    if (size <= mostBytes) await take(await readFile(file))
    await rename(file, join(seen, `${name.split(':')[0]}:2,S`))
  }
}
