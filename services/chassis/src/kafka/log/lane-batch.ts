import avro from 'avsc'

/** How far each input is handled: next offset by topic. */
export type Positions = ReadonlyMap<string, number>

/** What a lane writes down of a batch, so that whoever has the lane next can go on. */
export interface LaneBatch {
  /** Counted through the life of a lane. */
  number: number
  /** The outputs of all batches up to this number are published. */
  settled: number
  positions: Positions
  /** For every topic that the lane may publish to: the offset that the batch's first record there gets, or the next would. */
  starts: ReadonlyMap<string, number>
  /** What it publishes, in the order of each topic. */
  outputs: readonly Output[]
}

export interface Output {
  topic: string
  key: Buffer | null
  value: Buffer | null
}

/** Who opened a lane: the identity under which it writes from then on. */
export interface Opening {
  producerId: string
  epoch: number
}

/** No key of a lane's state begins so. */
export const ownKeys = '\0'
/** Compaction keeps the last record of each key: batches take two in turn. */
export const batchKeys: readonly string[] = ['\0batch-0', '\0batch-1']
/** Up to this record a lane restores its state. Lanes of transactions wrote it too, without a value. */
export const openingKey = '\0barrier'
/** Written in the name of an earlier owner to end it for good. */
export const closedKey = '\0closed'
/** Header of a record that commits a batch by itself. */
export const batchHeader = 'holdpoint-lane'

export const batchKeyOf = (number: number): string => batchKeys[number % 2] as string

const offsets = (name: string) => ({
  type: 'array',
  items: {
    type: 'record',
    name,
    fields: [
      { name: 'topic', type: 'string' },
      { name: 'offset', type: 'long' },
    ],
  },
})
const bytes = ['null', 'bytes']

/** Written and read by lanes only, so the registry does not know it: a new form gets a new first byte. */
const batchType = avro.Type.forSchema({
  type: 'record',
  name: 'LaneBatch',
  fields: [
    { name: 'number', type: 'long' },
    { name: 'settled', type: 'long' },
    { name: 'positions', type: offsets('Position') },
    { name: 'starts', type: offsets('Start') },
    {
      name: 'outputs',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'Output',
          fields: [
            { name: 'topic', type: 'string' },
            { name: 'key', type: bytes },
            { name: 'value', type: bytes },
          ],
        },
      },
    },
  ],
} as avro.Schema)

const openingType = avro.Type.forSchema({
  type: 'record',
  name: 'LaneOpening',
  fields: [
    { name: 'producerId', type: 'string' },
    { name: 'epoch', type: 'int' },
  ],
})

const form = 1
const formByte = Buffer.from([form])

export function encodeBatch({ number, settled, positions, starts, outputs }: LaneBatch): Buffer {
  const value = { number, settled, positions: listOf(positions), starts: listOf(starts), outputs }
  return Buffer.concat([formByte, batchType.toBuffer(value)])
}

/** Raises an error when the bytes are no batch that this version knows. */
export function decodeBatch(bytes: Buffer): LaneBatch {
  const { positions, starts, ...rest } = batchType.fromBuffer(checked(bytes)) as Omit<
    LaneBatch,
    'positions' | 'starts'
  > & {
    positions: { topic: string; offset: number }[]
    starts: { topic: string; offset: number }[]
  }
  return { ...rest, positions: mapOf(positions), starts: mapOf(starts) }
}

export function encodeOpening(opening: Opening): Buffer {
  return Buffer.concat([formByte, openingType.toBuffer(opening)])
}

export function decodeOpening(bytes: Buffer): Opening {
  return openingType.fromBuffer(checked(bytes)) as Opening
}

function checked(bytes: Buffer): Buffer {
  if (bytes[0] === form) return bytes.subarray(1)
  throw new Error(`it is of form ${bytes[0]}, and this version knows form ${form} only`)
}

const listOf = (map: ReadonlyMap<string, number>) => Array.from(map, ([topic, offset]) => ({ topic, offset }))
const mapOf = (list: readonly { topic: string; offset: number }[]) =>
  new Map(list.map(({ topic, offset }) => [topic, offset]))
