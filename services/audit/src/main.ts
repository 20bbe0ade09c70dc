import { runService } from '@holdpoint/chassis'
import { signer } from './checkpoint.ts'
import { readConfig } from './config.ts'
import { privateKeyOf } from './edge/files.ts'
import { auditLanes } from './handlers.ts'

const config = readConfig()

await runService({
  name: 'audit',
  config,
  async start({ lanes, log }) {
    const key = signer(privateKeyOf(config.keyFile))
    log.info({ keyId: key.keyId }, 'the trail is signed with this key')
    await lanes(auditLanes(key))
  },
})
