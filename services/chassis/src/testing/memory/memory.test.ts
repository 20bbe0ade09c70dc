import { laneConformance } from '../conformance/conformance.ts'
import { memoryWorld } from './memory-world.ts'

laneConformance('the in-memory bus', memoryWorld)
