import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { correctClient } from './client-corrections.ts'

interface Connection {
  connect(): Promise<true>
  disconnect(): Promise<true>
  isConnected(): boolean
  send(protocol: unknown): Promise<Buffer>
}

const clientModule = createRequire(import.meta.url)
const servers: Server[] = []
const connections: Connection[] = []

afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.disconnect()))
  for (const server of servers.splice(0)) server.close()
})

test('what a broker began to answer when it was lost is no part of the answers that come after it', async () => {
  const brokers: ((socket: Socket, request: Buffer) => void)[] = [
    (socket, request) => socket.end(answerTo(request, 'a long answer').subarray(0, 12)),
    (socket, request) => socket.write(answerTo(request, 'an answer')),
  ]
  const port = await listen((socket) => {
    const broker = brokers.shift()
    socket.on('data', (request) => broker?.(socket, request))
  })
  const connection = connectionTo(port)
  await connection.connect()
  await expect(connection.send(anything)).rejects.toThrow('Closed connection')
  await expect.poll(() => connection.isConnected()).toBe(false)
  await connection.connect()
  expect(String(await connection.send(anything))).toBe('an answer')
})

test('who connects while another is at it waits for the same connection', async () => {
  const sockets: Socket[] = []
  const connection = connectionTo(await listen((socket) => sockets.push(socket)))
  expect(await Promise.all([connection.connect(), connection.connect()])).toEqual([true, true])
  await expect.poll(() => sockets.length).toBe(1)
})

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer(onConnection)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function connectionTo(port: number): Connection {
  correctClient()
  const Connection = clientModule('kafkajs/src/network/connection')
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const connection = new Connection({
    host: '127.0.0.1',
    port,
    logger: { namespace: () => silent },
    socketFactory: clientModule('kafkajs/src/network/socketFactory')(),
    requestTimeout: 2_000,
    connectionTimeout: 2_000,
  })
  connections.push(connection)
  return connection
}

/** A request of no known kind, whose answer is given back as it is. */
const anything = {
  request: {
    apiKey: 1,
    apiVersion: 0,
    apiName: 'Anything',
    encode: async () => new (clientModule('kafkajs/src/protocol/encoder'))(),
  },
  response: { decode: async (payload: Buffer) => payload, parse: async (payload: Buffer) => payload },
}

/** Length, the number of the request, and a text; the number stands behind length, key and version of the request. */
function answerTo(request: Buffer, text: string): Buffer {
  const answer = Buffer.alloc(8 + text.length)
  answer.writeInt32BE(4 + text.length, 0)
  answer.writeInt32BE(request.readInt32BE(8), 4)
  answer.write(text, 8)
  return answer
}
