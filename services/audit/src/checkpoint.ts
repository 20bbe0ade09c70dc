import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type AuditCheckpoint, type AuditState, sha256 } from '@holdpoint/schemas'

/** Signs heads of chains with one Ed25519 key. */
export interface Signer {
  keyId: string
  sign(state: AuditState, at: number): AuditCheckpoint
}

/** With the key that signed before, every checkpoint says that this one has taken its place. */
export function signer(privateKey: KeyObject, priorKey?: KeyObject): Signer {
  const { keyId, publicKey } = namesOf(privateKey)
  const handedOver = {
    priorKey: priorKey ? namesOf(priorKey).publicKey : '',
    handOver: priorKey ? sign(null, handOverBytes(keyId), priorKey).toString('base64') : '',
  }
  return {
    keyId,
    sign({ partition, sequence, head }, at) {
      const unsigned = { partition, sequence, head, keyId, publicKey, at }
      const signature = sign(null, signedBytes(unsigned), privateKey).toString('base64')
      return { ...unsigned, signature, ...handedOver }
    },
  }
}

function namesOf(privateKey: KeyObject) {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return { keyId: sha256(spki), publicKey: spki.toString('base64') }
}

/** Tells whether the key that a checkpoint names signed it. Whose key that is, is for the caller to judge. */
export function signatureCheck(): (checkpoint: AuditCheckpoint) => boolean {
  // Reading a key takes nearly as long as using it, and a trail is signed by a few.
  const keys = new Map<string, KeyObject | undefined>()
  return (checkpoint) => {
    const { publicKey, keyId, signature } = checkpoint
    if (!keys.has(publicKey)) keys.set(publicKey, ed25519Key(publicKey))
    const key = keys.get(publicKey)
    if (!key || sha256(Buffer.from(publicKey, 'base64')) !== keyId) return false
    return isSignature(signature, signedBytes(checkpoint), key)
  }
}

/** The id of the key that handed over to the one that signed, if that is what it says and the signature is good. */
export function handedOverBy({ keyId, priorKey, handOver }: AuditCheckpoint): string | undefined {
  const key = priorKey === '' ? undefined : ed25519Key(priorKey)
  if (!key || !isSignature(handOver, handOverBytes(keyId), key)) return undefined
  return sha256(Buffer.from(priorKey, 'base64'))
}

function isSignature(text: string, bytes: Buffer, key: KeyObject): boolean {
  const signature = Buffer.from(text, 'base64')
  return signature.toString('base64') === text && verify(null, bytes, key, signature)
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

const handOverBytes = (keyId: string) => Buffer.from(JSON.stringify(['holdpoint-audit-key-1', keyId]))
