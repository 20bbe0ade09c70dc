/**
 * Checks what `holdpoint audit prove` printed, and knows nothing of Holdpoint's code. KEYID is the key that you trust:
 * `node check-proof.mjs KEYID < proof.json` ends with 0 when that key signed the trail in which the record lay.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'

const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const hex = (text) => createHash('sha256').update(text).digest('hex')

/** Throws an error that says what does not fit. */
export function checkProof(proof, trustedKeyId) {
  const { record, path, entries, checkpoint } = proof
  must(proof['holdpoint-audit-proof'] === 1, 'this is no proof that this script knows')
  const fields = entries.map((text) => JSON.parse(text))
  for (const [i, [format, partition, sequence]] of fields.entries()) {
    must(format === 'holdpoint-audit-entry-1', 'an entry has another format')
    must(partition === checkpoint.partition, 'an entry is of another chain')
    must(sequence === fields[0][2] + i, 'the entries are not in a row')
    if (i > 0) must(fields[i][17] === hex(entries[i - 1]), 'an entry does not follow the one before')
  }
  must(fields.at(-1)[2] === checkpoint.sequence, 'the checkpoint is not of the last entry')
  must(hex(entries.at(-1)) === checkpoint.head, 'the last entry is not the one that was signed')
  checkSignature(checkpoint, trustedKeyId)
  if (record) checkRecord(record, path, fields[0])
  else must(path.length === 0, 'there is a path from no record')
  return fields[0]
}

function checkRecord(record, path, entry) {
  const [, , , , topic, partition, firstOffset, lastOffset, count, root] = entry
  must(record.topic === topic && record.partition === partition, 'the entry covers another partition')
  must(record.offset >= firstOffset && record.offset <= lastOffset, 'the entry covers other offsets')
  must(count > 1 || path.length === 0, 'the entry covers one record, and there is a path')
  let hash = sha(
    Buffer.of(0),
    number(record.offset),
    number(record.timestamp),
    sized(record.key),
    sized(record.value),
  )
  for (const { side, hash: other } of path) {
    must(side === 'left' || side === 'right', 'a step of the path is on no side')
    const beside = Buffer.from(other, 'hex')
    hash = sha(Buffer.of(1), ...(side === 'left' ? [beside, hash] : [hash, beside]))
  }
  must(hash.toString('hex') === root, 'the record is not the one that was covered')
}

function checkSignature({ partition, sequence, head, at, keyId, publicKey, signature }, trustedKeyId) {
  const der = Buffer.from(publicKey, 'base64')
  must(der.toString('base64') === publicKey, 'the key is not written as keys are')
  must(hex(der) === keyId && keyId === trustedKeyId, 'it was not signed by the key that you trust')
  const signed = Buffer.from(JSON.stringify(['holdpoint-audit-checkpoint-1', partition, sequence, head, at]))
  const bytes = Buffer.from(signature, 'base64')
  must(bytes.toString('base64') === signature, 'the signature has another spelling')
  must(
    verify(null, signed, createPublicKey({ key: der, format: 'der', type: 'spki' }), bytes),
    'the signature is false',
  )
}

const number = (value) => Buffer.from(BigInt(value).toString(16).padStart(16, '0'), 'hex')

function sized(base64) {
  const bytes = base64 === null ? Buffer.alloc(0) : Buffer.from(base64, 'base64')
  must(base64 === null || bytes.toString('base64') === base64, 'bytes are not written as bytes are')
  const size = Buffer.alloc(4)
  size.writeInt32BE(base64 === null ? -1 : bytes.length)
  return Buffer.concat([size, bytes])
}

function must(holds, otherwise) {
  if (!holds) throw new Error(`No proof: ${otherwise}.`)
}
if (process.argv[1] === import.meta.filename) {
  const [, , keyId = ''] = process.argv
  if (!/^[0-9a-f]{64}$/.test(keyId)) {
    console.error(
      'node check-proof.mjs KEYID < proof.json  (KEYID: the 64 digits that audit names at its start)',
    )
    process.exit(2)
  }
  const input = Buffer.concat(await process.stdin.toArray()).toString()
  try {
    const entry = checkProof(JSON.parse(input), keyId)
    console.log(`Proved: entry ${entry[1]}:${entry[2]}, ${entry[13]}, by ${entry[12]}`)
  } catch ({ message }) {
    const isOurs = message.startsWith('No proof: ')
    console.error(isOurs ? message : `No proof: "audit prove" prints none like this (${message}).`)
    process.exitCode = 1
  }
}
