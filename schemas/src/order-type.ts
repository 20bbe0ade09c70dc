import avro from 'avsc'

/** A position in bytes, as avsc hands it to a type. */
interface Tap {
  buf: Buffer
  pos: number
}

type Read = (tap: Tap) => object
type Write = (tap: Tap, order: object) => void

interface Written {
  bytes: Buffer
  start: number
  end: number
}

/** The constructor of avsc asks these two of itself. */
interface RecordInside {
  _createReader(): Read
  _createWriter(): Write
}

/** Where the bytes of an order stand that was read; the order must not be changed in place, only copied. */
const written = new WeakMap<object, Written>()

const RecordType = avro.types.RecordType as unknown as new (
  schema: avro.Schema,
  options: object,
) => avro.types.RecordType & RecordInside

/**
 * The order record, which goes through revisions, findings, decisions and the state of two services and is most of
 * each of them: one that was read and is written as it is keeps its bytes, instead of being encoded again. All
 * messages hold the same schema of it. Orders read from another version of the schema are encoded.
 */
export class OrderType extends RecordType {
  override _createReader(): Read {
    const read = super._createReader()
    return (tap) => {
      const start = tap.pos
      const order = read(tap)
      written.set(order, { bytes: tap.buf, start, end: tap.pos })
      return order
    }
  }

  override _createWriter(): Write {
    const write = super._createWriter()
    return (tap, order) => {
      const known = written.get(order)
      if (!known) return write(tap, order)
      const { bytes, start, end } = known
      // avsc tells by the position that the buffer is too short.
      if (tap.pos + end - start <= tap.buf.length) bytes.copy(tap.buf, tap.pos, start, end)
      tap.pos += end - start
    }
  }
}
