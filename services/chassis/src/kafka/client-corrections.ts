import { createRequire } from 'node:module'
import { readBatches } from './batches/record-batches.ts'
import { isOfSeveralWriters, isPlain, type ProduceRequest, produceRequest } from './produce-request.ts'

/** The client's own modules, as far as they are corrected here. */
interface ProduceProtocol {
  protocol(wanted: { version: number }): (params: ProduceRequest) => {
    request: { encode: () => unknown }
    response: { parse(answer: unknown): Promise<unknown> }
  }
}

/** A position in the bytes of an answer. */
interface Decoder {
  readInt32(): number
  canReadBytes(length: number): boolean
  readBytes(length: number): Buffer
}

interface RequestQueue {
  pending: unknown[]
  throttledUntil: number
  scheduleCheckPendingRequests(): void
}

/** A connection to a broker, with what has come of the answer that it waits for. */
interface Connection {
  chunks: Buffer[]
  bytesBuffered: number
  bytesNeeded: number
  socket?: { destroy(): void }
  isConnected(): boolean
  connect(): Promise<true>
}

const firstOfThisForm = 3
/** Each answer begins with its length. */
const lengthOfAnswer = 4
const clientModule = createRequire(import.meta.url)
let isCorrected = false

/**
 * Two things that kafkajs 2.2.4 does for nothing, at a cost that every write would show; and two that it does not do, after
 * which it reads nothing any more.
 */
export function correctClient(): void {
  if (isCorrected) return
  isCorrected = true
  setNoEmptyTimers(clientModule('kafkajs/src/network/requestQueue').prototype)
  writeRecordsOnce(clientModule('kafkajs/src/protocol/requests/produce'))
  readEveryBatch()
  readAnswersFromTheirBeginning(clientModule('kafkajs/src/network/connection').prototype)
}

/** After each request a timer is set, also when nothing waits; its time is negative, of which Node warns. */
function setNoEmptyTimers(queue: RequestQueue): void {
  const schedule = queue.scheduleCheckPendingRequests

  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}

/** Each record is written into a buffer of its own, which are copied into each other: a quarter of a lane's time. */
function writeRecordsOnce(produce: ProduceProtocol): void {
  const ask = produce.protocol

  produce.protocol = (wanted) => {
    const make = ask(wanted)
    if (wanted.version < firstOfThisForm) return make
    return (params) => {
      const made = make(params)
      if (isPlain(params)) made.request.encode = async () => asEncoder(produceRequest(params, Date.now()))
      if (!isOfSeveralWriters(params)) return made
      return { ...made, response: { ...made.response, parse: async (answer) => answer } }
    }
  }
}

/** As the client's own Encoder, whose bytes are copied behind the request's header. */
const asEncoder = (buffer: Buffer) => ({ buf: buffer, buffer })

/**
 * The client reads what is not compressed or compressed with gzip; at anything else, and at bytes that are no batch, its
 * consumer ends, with every partition that it reads. The module is put in the place of its own before it is first used.
 */
function readEveryBatch(): void {
  const path = clientModule.resolve('kafkajs/src/protocol/requests/fetch/v4/decodeMessages')
  clientModule(path)
  const own = clientModule.cache[path]
  if (own) own.exports = (decoder: Decoder) => readBatches(batchesIn(decoder))
}

function batchesIn(decoder: Decoder): Buffer {
  const size = decoder.readInt32()
  return size > 0 && decoder.canReadBytes(size) ? decoder.readBytes(size) : Buffer.alloc(0)
}

/**
 * A broker that is killed while it answers leaves the first part of an answer behind. The client puts what comes over the
 * next connection behind that, takes bytes of records for lengths, and waits for ever for gigabytes, while the connection
 * looks sound and every request on it runs into its time limit.
 */
function readAnswersFromTheirBeginning(connection: Connection): void {
  const connect = connection.connect
  const underWay = new WeakMap<Connection, Promise<true>>()

  connection.connect = function (this: Connection) {
    const begun = underWay.get(this)
    if (begun || this.isConnected()) return begun ?? Promise.resolve(true)
    // What is still under way there would be taken for an answer here, and its end for the end of this one.
    this.socket?.destroy()
    this.chunks = []
    this.bytesBuffered = 0
    this.bytesNeeded = lengthOfAnswer
    const connecting = connect.call(this).finally(() => underWay.delete(this))
    underWay.set(this, connecting)
    return connecting
  }
}
