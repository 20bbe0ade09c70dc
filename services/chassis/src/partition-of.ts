const seed = 0x9747b28c
const factor = 0x5bd1e995

/** The lane of a key: murmur2 as the Java clients compute it. Each record of a lane is asked for. */
export function partitionOf(key: Buffer | string, lanes: number): number {
  return (murmur2(typeof key === 'string' ? Buffer.from(key) : key) & 0x7fffffff) % lanes
}

/** MurmurHash2, 32 bits, with the seed of Kafka's clients. */
function murmur2(bytes: Buffer): number {
  const { length } = bytes
  const whole = length & ~3
  let hash = seed ^ length
  for (let i = 0; i < whole; i += 4) {
    const part = Math.imul(bytes.readInt32LE(i), factor)
    hash = Math.imul(hash, factor) ^ Math.imul(part ^ (part >>> 24), factor)
  }
  if (whole < length) hash = Math.imul(hash ^ bytes.readUIntLE(whole, length - whole), factor)
  hash = Math.imul(hash ^ (hash >>> 13), factor)
  return hash ^ (hash >>> 15)
}
