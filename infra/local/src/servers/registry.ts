import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { archive } from '../maven.ts'
import type { RegistryPort } from '../port-plan.ts'
import { host } from '../ports.ts'
import { registryApiPath, registryBehaviour, versions } from '../settings.ts'
import type { ChildSpec } from '../supervise.ts'

export const registryFiles = archive(
  `registry-${versions.registry}`,
  `io.apicurio:apicurio-registry-app:${versions.registry}:tar.gz:all`,
)

export type Registry = { java: string; files: string; dataDir: string; logDir: string; port: RegistryPort }

export function registryProperties({ dataDir, port }: Registry): Record<string, string> {
  return {
    ...registryBehaviour,
    'apicurio.datasource.url': `jdbc:h2:file:${join(dataDir, 'registry', 'registry')}`,
    'quarkus.http.host': host,
    'quarkus.http.port': String(port.api),
    // It would listen on every address at port 9000 otherwise.
    'quarkus.management.host': host,
    'quarkus.management.port': String(port.management),
  }
}

export function registryServer(registry: Registry): ChildSpec {
  mkdirSync(join(registry.dataDir, 'registry'), { recursive: true })
  const properties = Object.entries(registryProperties(registry)).map(([key, value]) => `-D${key}=${value}`)
  const flags = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
  return {
    name: 'registry',
    command: registry.java,
    args: [...flags, ...properties, '-jar', join(registry.files, 'quarkus-run.jar')],
    logFile: join(registry.logDir, 'registry.log'),
    isReady: () => answers(`${registryUrl(registry.port)}/subjects`),
    readyWithinMs: 180_000,
    stopWithinMs: 10_000,
  }
}

export const registryUrl = (port: RegistryPort) => `http://${host}:${port.api}${registryApiPath}`

export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
