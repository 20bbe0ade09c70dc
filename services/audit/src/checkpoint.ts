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

/** Tells whether the key that a checkpoint names signed it. Whose key that is, is for the caller to judge. */
export function signatureCheck(): (checkpoint: AuditCheckpoint) => boolean {
  // Reading a key takes nearly as long as using it, and a trail is signed by a few.
  const keys = new Map<string, KeyObject | undefined>()
  return (checkpoint) => {
    const { publicKey, keyId } = checkpoint
    if (!keys.has(publicKey)) keys.set(publicKey, ed25519Key(publicKey))
    const key = keys.get(publicKey)
    const signature = Buffer.from(checkpoint.signature, 'base64')
    if (!key || sha256(Buffer.from(publicKey, 'base64')) !== keyId) return false
    if (signature.toString('base64') !== checkpoint.signature) return false
    return verify(null, signedBytes(checkpoint), key, signature)
  }
}

/** Undefined when the text is no Ed25519 key, or is not its only spelling. */
function ed25519Key(publicKey: string): KeyObject | undefined {
  const spki = Buffer.from(publicKey, 'base64')
  if (spki.toString('base64') !== publicKey) return undefined
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
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
