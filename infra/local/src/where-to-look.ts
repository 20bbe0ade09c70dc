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

/** What goes on by itself. */
export type AtWork = { ordersPerMinute: number; people: boolean }

/** What `npm run dev` has besides: the port of the console's pages, and the service under an inspector. */
export type DevPlaces = { console: number; inspect: ServiceName | undefined }

/** What a person wants to open, type or read once the stack is up. */
export function whereToLook(
  { servers, ports, logDir, dataDir }: Places,
  atWork: AtWork,
  dev?: DevPlaces,
): string {
  return [
    `Console      ${urlOf(dev?.console ?? ports.desk)}`,
    `API          ${urlOf(ports.desk)}/api/v1/openapi.json`,
    `HTTP door    ${urlOf(ports.intake)}/v1/orders/{orderId}/events`,
    `Kafka        ${servers.kafkaBrokers}`,
    `Registry     ${servers.schemaRegistryUrl}`,
    `Redis        ${servers.redisUrl}`,
    `Logs         ${relative(repository, logDir)}/`,
    `Data         ${relative(repository, dataDir)}/`,
    '',
    ...companyAtWork(atWork),
    ...(dev ? atYourWork(dev) : []),
    `Try          npx holdpoint cases list`,
    `             npx holdpoint decisions follow`,
    `             npx holdpoint audit verify`,
    '',
    'Ctrl-C stops everything; the next npm start goes on from here, npm start -- --fresh starts over.',
  ].join('\n')
}

/** Who looks for the first time is told what happens without them, and what is left to them. */
function companyAtWork({ ordersPerMinute, people }: AtWork): string[] {
  const orders =
    ordersPerMinute > 0
      ? `Orders       ${ordersPerMinute} a minute with ids H…; four of five go straight through`
      : 'Orders       none but yours'
  const work = people
    ? 'People       decide the cases of those orders, day and night; what you send or touch they leave to you'
    : 'People       nobody but you'
  return [orders, work, '']
}

function atYourWork({ inspect }: DevPlaces): string[] {
  const changes = 'Changes      start those services again that run the file; pages change in the browser'
  return [changes, ...(inspect ? [`Inspector    ${inspect} at 127.0.0.1:9229`] : []), '']
}

/** Tells `npx holdpoint`, run anywhere in this folder, where the stack answers. */
export function writeEndpoints({ servers, ports, dataDir }: Places): void {
  const endpoints = {
    kafka: servers.kafkaBrokers,
    registry: servers.schemaRegistryUrl,
    desk: urlOf(ports.desk),
    intake: urlOf(ports.intake),
    services: Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, urlOf(port)])),
  }
  writeFileSync(join(dataDir, 'endpoints.json'), `${JSON.stringify(endpoints, null, 2)}\n`)
}
