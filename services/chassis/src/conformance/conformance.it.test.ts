import { plainCodec } from '../memory/plain-codec.ts'
import { laneConformance } from './conformance.ts'
import { kafkaWorld } from './kafka-world.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []

laneConformance('Kafka', () => kafkaWorld(brokers, plainCodec))
