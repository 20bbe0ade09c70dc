import { join } from 'node:path'
import { runService } from '@holdpoint/chassis'
import { Behind } from './behind.ts'
import { signer } from './checkpoint.ts'
import { readConfig } from './config.ts'
import { priorKeyOf, privateKeyOf } from './edge/files.ts'
import { openWitness, telling } from './edge/witness.ts'
import { auditLanes } from './handlers.ts'
import { measured, measures } from './measures.ts'

const config = readConfig()

await runService({
  name: 'audit',
  config,
  async start({ lanes, follow, log, metrics, readyWhen }) {
    const { keyFile, priorKeyFile, witness } = config
    const key = signer(privateKeyOf(keyFile), priorKeyFile ? priorKeyOf(priorKeyFile) : undefined)
    log.info({ keyId: key.keyId }, 'the trail is signed with this key')
    const behind = new Behind()
    measures(behind, metrics)
    readyWhen('the trail to catch up', () => behind.isUpToDate(Date.now()))
    await lanes(measured(auditLanes(key), behind))
    if (witness) await follow(telling(openWitness(witness), join(config.DATA_DIR, 'audit', 'witnessed.json')))
  },
})
