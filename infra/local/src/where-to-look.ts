import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repository } from './folders.ts'
import { type ServiceName, urlOf } from './port-plan.ts'
import type { ServerUrls } from './servers.ts'

export type Places = {
  servers: ServerUrls
  ports: Record<ServiceName, number>
  logDir: string
  dataDir: string
}

/** What a person wants to open, type or read once the stack is up. */
export function whereToLook({ servers, ports, logDir, dataDir }: Places): string {
  return [
    `Console      ${urlOf(ports.desk)}`,
    `API          ${urlOf(ports.desk)}/api/v1/openapi.json`,
    `HTTP door    ${urlOf(ports.intake)}/v1/orders/{orderId}/events`,
    `Kafka        ${servers.kafkaBrokers}`,
    `Registry     ${servers.schemaRegistryUrl}`,
    `Redis        ${servers.redisUrl}`,
    `Logs         ${relative(repository, logDir)}/`,
    `Data         ${relative(repository, dataDir)}/`,
    '',
    `Try          npx holdpoint cases list`,
    `             npx holdpoint decisions follow`,
    `             npx holdpoint audit verify`,
    '',
    'Ctrl-C stops everything; the next npm start goes on from here, npm start -- --fresh starts over.',
  ].join('\n')
}

/** Tells `npx holdpoint`, run anywhere in this folder, where the stack answers. */
export function writeEndpoints({ servers, ports, dataDir }: Places): void {
  const endpoints = {
    kafka: servers.kafkaBrokers,
    registry: servers.schemaRegistryUrl,
    desk: urlOf(ports.desk),
    intake: urlOf(ports.intake),
  }
  writeFileSync(join(dataDir, 'endpoints.json'), `${JSON.stringify(endpoints, null, 2)}\n`)
}
