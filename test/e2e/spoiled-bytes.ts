import type { Codec, OrderEvent } from '@holdpoint/schemas'

/** Magic byte and schema id. */
const headerBytes = 5

/** Ways to spoil an encoded order event, each as it can arrive from a broken or hostile sender. */
export function spoiledBytes(codec: Codec, event: OrderEvent): Record<string, Buffer> {
  const good = codec.encode('orders.inbound.v1', event)
  return {
    'no Avro at all': Buffer.from('{"kind":"PLACED"}'),
    'nothing but the header': good.subarray(0, headerBytes),
    'an unknown schema id': withSchemaId(good, 0x7ffffff0),
    'an end that is cut off': good.subarray(0, good.length - 3),
    'bytes behind the end': Buffer.concat([good, Buffer.from([1, 2, 3])]),
    'invalid UTF-8': withInvalidText(good, event.source),
    'an array of twenty million items in four bytes': withArrayBomb(codec, event),
  }
}

function withSchemaId(good: Buffer, id: number): Buffer {
  const bytes = Buffer.from(good)
  bytes.writeUInt32BE(id, 1)
  return bytes
}

function withInvalidText(good: Buffer, text: string): Buffer {
  const bytes = Buffer.from(good)
  bytes[bytes.indexOf(text)] = 0xff
  return bytes
}

/** The block count of the lines is where an order without lines first differs from one with a line. */
function withArrayBomb(codec: Codec, event: OrderEvent): Buffer {
  if (!event.order) throw new Error('The bomb needs an event with an order.')
  const withLines = (lines: NonNullable<OrderEvent['order']>['lines']) =>
    codec.encode('orders.inbound.v1', { ...event, order: { ...(event.order as object), lines } as never })
  const without = withLines([])
  const one = withLines(event.order.lines.slice(0, 1))
  const count = without.findIndex((byte, i) => byte !== one[i])
  return Buffer.concat([without.subarray(0, count), zigZag(20_000_000)])
}

function zigZag(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value * 2; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}
