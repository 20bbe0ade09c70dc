import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { unpackLz4 } from './lz4.ts'
import { unpackSnappy } from './snappy.ts'
import { UnreadableBatch } from './unreadable.ts'

/** One batch may unpack to so much, thirty times what a broker takes as one: the rest would be held for an attacker. */
export const maxUnpackedBytes = 32 * 1024 * 1024

const gunzipped = promisify(gunzip)
const unzstd = promisify(zstdDecompress)

/** What a batch's attributes call its codec; 0 is none. */
const codecs = new Map<
  number,
  { name: string; unpack(packed: Buffer, most: number): Promise<Buffer> | Buffer }
>([
  [1, { name: 'gzip', unpack: (packed, maxOutputLength) => gunzipped(packed, { maxOutputLength }) }],
  [2, { name: 'snappy', unpack: unpackSnappy }],
  [3, { name: 'lz4', unpack: unpackLz4 }],
  [4, { name: 'zstd', unpack: (packed, maxOutputLength) => unzstd(packed, { maxOutputLength }) }],
])

/** The records of a batch as they were before compression. Rejects with UnreadableBatch. */
export async function unpack(codec: number, packed: Buffer, most = maxUnpackedBytes): Promise<Buffer> {
  const known = codecs.get(codec)
  if (!known)
    throw new UnreadableBatch(
      `is compressed with codec ${codec}, which is none of gzip, snappy, lz4 and zstd`,
    )
  try {
    return await known.unpack(packed, most)
  } catch (error) {
    throw new UnreadableBatch(`is compressed with ${known.name} and ${whatIsWrong(error, most)}`)
  }
}

function whatIsWrong(error: unknown, most: number): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof UnreadableBatch) return message
  return code === 'ERR_BUFFER_TOO_LARGE'
    ? `unpacks to more than ${most} bytes`
    : `cannot be unpacked: ${message}`
}
