import { runService } from '@holdpoint/chassis'
import { Behind } from './behind.ts'
import { signer } from './checkpoint.ts'
import { readConfig } from './config.ts'
import { privateKeyOf } from './edge/files.ts'
import { auditLanes } from './handlers.ts'
import { measured, measures } from './measures.ts'

const config = readConfig()

await runService({
  name: 'audit',
  config,
  async start({ lanes, log, metrics, readyWhen }) {
    const key = signer(privateKeyOf(config.keyFile))
    log.info({ keyId: key.keyId }, 'the trail is signed with this key')
    const behind = new Behind()
    measures(behind, metrics)
    readyWhen('the trail to catch up', () => behind.isUpToDate(Date.now()))
    await lanes(measured(auditLanes(key), behind))
  },
})
