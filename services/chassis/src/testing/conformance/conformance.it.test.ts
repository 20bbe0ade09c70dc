import { createCodec } from '@holdpoint/schemas'
import { beforeAll } from 'vitest'
import { laneConformance } from './conformance.ts'
import { kafkaWorld } from './kafka-world.ts'
import { schemaOf } from './world-codec.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []
const codec = createCodec({ registryUrl: process.env.HOLDPOINT_TEST_REGISTRY ?? '' })

beforeAll(() => codec.register(Object.values(schemaOf)))

laneConformance('Kafka', () => kafkaWorld(brokers, codec))
