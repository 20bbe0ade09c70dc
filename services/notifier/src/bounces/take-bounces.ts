import type { Runtime } from '@holdpoint/chassis'
import type { Seal } from '../channels/email/about.ts'
import { bounceOf } from './bounce.ts'
import { watchBounces } from './edge/bounce-folder.ts'

const everyMs = 2_000

/**
 * Tells of each mail of ours that comes back into the folder. At least once: who reads it goes by the bounceId. A mail that
 * tells nothing is put aside like the others.
 */
export async function takeBounces(
  folder: string,
  seal: Seal,
  { publisher, onStop, log }: Pick<Runtime, 'publisher' | 'onStop' | 'log'>,
): Promise<void> {
  const bounces = await publisher()
  const watching = watchBounces(
    folder,
    async (bytes) => {
      const value = await bounceOf(bytes, seal, Date.now())
      if (value) await bounces.send('notices.bounces.v1', [{ key: value.orderId, value }])
      else log.info({ bytes: bytes.length }, 'a mail in BOUNCE_DIR is no bounce of ours')
    },
    {
      everyMs,
      onError: (err) => log.warn({ err }, 'BOUNCE_DIR cannot be read, or Kafka is away; trying again'),
    },
  )
  onStop(() => watching.stop())
}
