import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { libraryFolder } from '@holdpoint/local'
import { installedJavas, type Java } from '../../infra/local/src/java.ts'
import { fetched, jarsOf } from '../../infra/local/src/maven.ts'
import { kafkaJars } from '../../infra/local/src/servers/kafka.ts'
import { javaNeeded } from '../../infra/local/src/settings.ts'
import type { TestServices } from '../harness/index.ts'

const avro = '1.12.2'
const avroJars = jarsOf(`avro-${avro}`, [`org.apache.avro:avro:${avro}`])

const compilingJava: Java | undefined = [...installedJavas()].find(
  ({ path, major }) => major >= javaNeeded.kafka && existsSync(join(dirname(path), 'javac')),
)

/** Java with its compiler is not everywhere: the servers may run in Docker. */
export const canSendFromJava = compilingJava !== undefined

export interface JavaSend {
  codec: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'
  /** `crc32` is how clients on librdkafka choose partitions. */
  partitioner: 'murmur2' | 'crc32'
  orderIds: readonly string[]
}

/** Sends one PLACED for each order, in turn, with Kafka's own Java client and Avro's own encoder. */
export async function sendFromJava({ servers }: TestServices, sends: readonly JavaSend[]): Promise<void> {
  const jars = [await fetched(kafkaJars, libraryFolder), await fetched(avroJars, libraryFolder)]
  const classes = jars.map((folder) => join(folder, '*')).join(':')
  const program = join(import.meta.dirname, 'UpstreamTeam.java')
  const { kafkaBrokers, schemaRegistryUrl } = servers
  const place = [kafkaBrokers, schemaRegistryUrl, 'orders.inbound.v1']
  const all = sends.flatMap(({ codec, partitioner, orderIds }) => [codec, partitioner, orderIds.join(',')])
  await promisify(execFile)(compilingJava?.path ?? 'java', ['-cp', classes, program, ...place, ...all])
}
