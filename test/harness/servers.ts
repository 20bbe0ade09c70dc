import type { ServerUrls } from '@holdpoint/local'
import { environment } from './config.ts'

/** The servers that `npm test` brought up; raises when a stack test runs without them. */
export function testServers(): ServerUrls {
  return {
    kafkaBrokers: given('HOLDPOINT_TEST_KAFKA'),
    schemaRegistryUrl: given('HOLDPOINT_TEST_REGISTRY'),
    redisUrl: given('HOLDPOINT_TEST_REDIS'),
  }
}

function given(name: string): string {
  const value = environment[name]
  if (value) return value
  throw new Error(`${name} is not set: run this test by \`npm test -- <file>\`, which brings the servers up.`)
}
