import { relative } from 'node:path'
import { repository } from './folders.ts'
import { defaultBase, planPorts, type ServiceName, urlOf } from './port-plan.ts'
import { host } from './ports.ts'
import { registryUrl } from './servers/registry.ts'
import type { ServerUrls } from './servers.ts'
import { clientEnvironment } from './services.ts'

export type Places = {
  servers: ServerUrls
  ports: Record<ServiceName, number>
  logDir: string
  dataDir: string
}

/** What a person wants to open, type or read once the stack is up. */
export function whereToLook({ servers, ports, logDir, dataDir }: Places): string {
  const prefix = settingsToType(clientEnvironment(servers, ports.desk))
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
    `Try          ${prefix}npx holdpoint cases list`,
    `             ${prefix}npx holdpoint decisions follow`,
    `             ${prefix}npx holdpoint audit verify`,
    '',
    'Ctrl-C stops everything; the next npm start goes on from here, npm start -- --fresh starts over.',
  ].join('\n')
}

/** What `npx holdpoint` has to be told because the stack is not where it looks by itself. */
function settingsToType(env: Readonly<Record<string, string>>): string {
  const usual = planPorts(defaultBase, 1)
  const known = clientEnvironment(
    { kafkaBrokers: `${host}:${usual.kafka[0]?.broker}`, schemaRegistryUrl: registryUrl(usual.registry) },
    usual.services.desk,
  )
  const unlike = Object.entries(env).filter(([name, value]) => known[name] !== value)
  return unlike.map(([name, value]) => `${name}=${value} `).join('')
}
