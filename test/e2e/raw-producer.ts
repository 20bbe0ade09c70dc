import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Puts record batches into partitions as they are, as no client would. One broker, which leads every partition. */
export class RawProducer {
  readonly #socket: Socket
  #correlation = 0
  #answer = Buffer.alloc(0)

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => {
      this.#answer = Buffer.concat([this.#answer, chunk])
    })
  }

  static async open(broker: string): Promise<RawProducer> {
    const [host = '', port = ''] = broker.split(':')
    const socket = connect(Number(port), host)
    await once(socket, 'connect')
    return new RawProducer(socket)
  }

  /** Gives Kafka's error code; 0 when the batch is in the topic. */
  async produce(topic: string, partition: number, batch: Buffer): Promise<number> {
    this.#answer = Buffer.alloc(0)
    this.#socket.write(requestOf(++this.#correlation, topic, partition, batch))
    while (this.#answer.length < 4 || this.#answer.length < 4 + this.#answer.readInt32BE(0))
      await once(this.#socket, 'data', { signal: AbortSignal.timeout(20_000) })
    // Behind size, correlation, one topic with its name, one partition with its number.
    return this.#answer.readInt16BE(4 + 4 + 4 + 2 + topic.length + 4 + 4)
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** A Produce request of version 7, with acknowledgement by all replicas. */
function requestOf(correlation: number, topic: string, partition: number, batch: Buffer): Buffer {
  const client = 'raw'
  const head = Buffer.concat([
    int16(0),
    int16(7),
    int32(correlation),
    int16(client.length),
    Buffer.from(client),
  ])
  const settings = Buffer.concat([int16(-1), int16(-1), int32(10_000)])
  const where = Buffer.concat([int32(1), int16(topic.length), Buffer.from(topic), int32(1), int32(partition)])
  const request = Buffer.concat([head, settings, where, int32(batch.length), batch])
  return Buffer.concat([int32(request.length), request])
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
