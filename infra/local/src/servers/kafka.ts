import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { refusedGroups } from '@holdpoint/chassis/topics'
import { jarsOf } from '../maven.ts'
import { type KafkaPort, serviceNames } from '../port-plan.ts'
import { accepts, host } from '../ports.ts'
import { kafkaBehaviour, kafkaHeap, versions } from '../settings.ts'
import type { ChildSpec } from '../supervise.ts'

export const kafkaJars = jarsOf(`kafka-${versions.kafka}`, [
  `org.apache.kafka:kafka_2.13:${versions.kafka}`,
  `org.apache.logging.log4j:log4j-slf4j-impl:${versions.log4jBinding}`,
])

export type KafkaNode = {
  java: string
  jars: string
  dataDir: string
  logDir: string
  /** Counted from 1. */
  id: number
  /** The ports of all nodes, this one included. */
  cluster: readonly KafkaPort[]
  /** Kafka's own names; where every node has another value, these hold. */
  settings?: Readonly<Record<string, string>> | undefined
}

/** A combined node (broker and controller), its folder formatted the first time. */
export async function kafkaNode(node: KafkaNode): Promise<ChildSpec> {
  const properties = writeProperties(node)
  if (!existsSync(join(folderOf(node), 'meta.properties'))) await format(node, properties)
  const name = nodeName(node)
  return {
    name,
    command: node.java,
    args: [...javaFlags(node), 'kafka.Kafka', properties],
    logFile: join(node.logDir, `${name}.log`),
    isReady: () => accepts(portOf(node).broker),
    ailment: { everyMs: 5_000, ask: () => refusal(node) },
    readyWithinMs: 180_000,
    stopWithinMs: 10_000,
  }
}

/**
 * Kafka 4.2.0 may answer "not the coordinator" for a group for ever after it was killed: loading the group met a
 * partition that was not online yet. With several brokers another one takes over.
 */
async function refusal({ cluster }: KafkaNode): Promise<string | undefined> {
  if (cluster.length > 1) return undefined
  const brokers = cluster.map(({ broker }) => `${host}:${broker}`)
  const refused = await refusedGroups(brokers, serviceNames)
  return refused.length > 0 ? `refuses the groups of ${refused.join(', ')}` : undefined
}

export function kafkaProperties(node: KafkaNode): Record<string, string> {
  const { broker, controller } = portOf(node)
  const voters = node.cluster.map((port, index) => `${index + 1}@${host}:${port.controller}`)
  return {
    'node.id': String(node.id),
    'process.roles': 'broker,controller',
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://${host}:${broker},CONTROLLER://${host}:${controller}`,
    'advertised.listeners': `PLAINTEXT://${host}:${broker}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': folderOf(node),
    ...kafkaBehaviour(node.cluster.length),
    ...node.settings,
  }
}

const nodeName = (node: KafkaNode) => `kafka-${node.id}`
const folderOf = (node: KafkaNode) => join(node.dataDir, nodeName(node))
/** Without the second compiler, which takes half a core for a minute; on one machine that minute matters more. */
const javaFlags = (node: KafkaNode) => {
  const quickStart = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
  return [...kafkaHeap, ...quickStart, '-cp', join(node.jars, '*')]
}

function portOf(node: KafkaNode): KafkaPort {
  const port = node.cluster[node.id - 1]
  if (!port) throw new Error(`node ${node.id} is not one of the ${node.cluster.length} nodes of the cluster`)
  return port
}

function writeProperties(node: KafkaNode): string {
  const path = join(node.dataDir, `${nodeName(node)}.properties`)
  const lines = Object.entries(kafkaProperties(node)).map(([key, value]) => `${key}=${value}\n`)
  mkdirSync(node.dataDir, { recursive: true })
  writeFileSync(path, lines.join(''))
  return path
}

async function format(node: KafkaNode, properties: string): Promise<void> {
  const args = [
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    // One word, for an id may begin with a hyphen.
    `--cluster-id=${clusterId(node.dataDir)}`,
    '-c',
    properties,
  ]
  await promisify(execFile)(node.java, [...javaFlags(node), ...args])
}

/** One identity for all nodes of a data folder. */
function clusterId(dataDir: string): string {
  const path = join(dataDir, 'cluster-id')
  if (!existsSync(path)) writeFileSync(path, randomBytes(16).toString('base64url'))
  return readFileSync(path, 'utf8')
}
