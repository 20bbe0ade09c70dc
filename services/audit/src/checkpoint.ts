import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type AuditCheckpoint, type AuditState, sha256 } from '@holdpoint/schemas'

/** Signs heads of chains with one Ed25519 key. */
export interface Signer {
  keyId: string
  sign(state: AuditState, at: number): AuditCheckpoint
}

export function signer(privateKey: KeyObject): Signer {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const keyId = sha256(spki)
  const publicKey = spki.toString('base64')
  return {
    keyId,
    sign({ partition, sequence, head }, at) {
      const unsigned = { partition, sequence, head, keyId, publicKey, at }
      return { ...unsigned, signature: sign(null, signedBytes(unsigned), privateKey).toString('base64') }
    },
  }
}

/** Whether the key that the checkpoint names signed it. Whose key that is, is for the caller to judge. */
export function isSigned(checkpoint: AuditCheckpoint): boolean {
  const spki = Buffer.from(checkpoint.publicKey, 'base64')
  const signature = Buffer.from(checkpoint.signature, 'base64')
  if (sha256(spki) !== checkpoint.keyId) return false
  if (spki.toString('base64') !== checkpoint.publicKey) return false
  if (signature.toString('base64') !== checkpoint.signature) return false
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(checkpoint), key, signature)
  } catch {
    return false
  }
}

function signedBytes({
  partition,
  sequence,
  head,
  at,
}: Pick<AuditCheckpoint, 'partition' | 'sequence' | 'head' | 'at'>) {
  return Buffer.from(JSON.stringify(['holdpoint-audit-checkpoint-1', partition, sequence, head, at]))
}
