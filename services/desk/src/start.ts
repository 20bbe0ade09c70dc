import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Runtime } from '@holdpoint/chassis'
import { Counter } from 'prom-client'
import { keysIn } from './answer/keys.ts'
import { mountDesk } from './api/app.ts'
import type { DeskConfig } from './config.ts'
import { openDatabase } from './database/open.ts'
import { markWhole, prepare } from './database/prepare.ts'
import { createDesk } from './desk.ts'
import { createTokens, loadKey } from './sign-in/tokens.ts'
import { orderIdReader } from './write/replays.ts'

const consoleFolder = fileURLToPath(new URL('../console/dist', import.meta.url))

/**
 * Opens the read model, serves the API, and follows the topics. A read model that was never whole is not shown: what
 * is missing in it would look as if it did not exist.
 */
export async function startDesk(runtime: Runtime, config: DeskConfig, rebuild: boolean): Promise<void> {
  const { log, http } = runtime
  const pages = mountDesk(http, {
    deskUrl: config.DESK_URL,
    consoleFolder,
    onFailure: (error) => log.error({ error: String((error as Error).stack) }, 'a request failed'),
  })
  const database = await openDatabase(
    { databaseUrl: config.DATABASE_URL, dataDir: config.DATA_DIR },
    (error) => log.warn({ error: error.message }, 'the database had trouble while nothing was asked of it'),
  )
  runtime.onStop(() => database.close())
  const { rebuilt, isWhole } = await prepare(database, { rebuild, now: Date.now() })
  if (rebuilt) log.info('the read model is built from the topics')

  const leftOut = new Counter({
    name: 'holdpoint_desk_left_out_total',
    help: 'Records that the read model goes on without, because they cannot be read or cannot be true, by code.',
    labelNames: ['code'],
    registers: [runtime.metrics],
  })
  const desk = createDesk({
    database,
    tokens: createTokens(await loadKey(join(config.DATA_DIR, 'desk-session.key'))),
    publisher: runtime.publisher,
    deskUrl: config.DESK_URL,
    answerKeys: keysIn(config.ANSWER_PUBLIC_KEY_FILES, (problem) =>
      log.error({ problem }, 'a key is left out'),
    ),
    orderIdIn: orderIdReader(runtime.codec),
    now: Date.now,
    onLeftOut: ({ record: { topic, partition, offset }, code, problem }) => {
      leftOut.inc({ code })
      log.error({ topic, partition, offset, code, problem }, 'the read model goes on without a record')
    },
  })
  if (isWhole) pages.serve(desk.parts)
  await runtime.follow({
    ...desk.following,
    onCaughtUp() {
      desk.following.onCaughtUp?.()
      if (!isWhole) markWhole(database).then(() => pages.serve(desk.parts), runtime.fail)
    },
  })
}
