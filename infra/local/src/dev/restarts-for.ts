import type { ServiceName } from '../port-plan.ts'
import type { Package } from './packages.ts'

/** A service by the folder of its package: services/router is the router. */
const folderOf = (service: ServiceName) => `services/${service}`

/**
 * The services that have to start again to run a changed file: that of its package, and all whose package needs that
 * one, directly or through others. `file` is a path from the repository's folder, with slashes.
 */
export function restartsFor(
  file: string,
  services: readonly ServiceName[],
  packages: readonly Package[],
): ServiceName[] {
  if (!runs(file)) return []
  const home = packageOf(file, packages)
  if (!home) return []
  return services.filter((service) => neededBy(folderOf(service), packages).has(home))
}

/** The packages whose code a service runs, its own among them. */
export function packagesBehind(services: readonly ServiceName[], packages: readonly Package[]): Package[] {
  return [...new Set(services.flatMap((service) => [...neededBy(folderOf(service), packages)]))]
}

/** Code and schemas; no tests, and nothing that only tests use. */
function runs(file: string): boolean {
  return /\.(ts|avsc)$/.test(file) && !/\.test\.ts$|-for-tests?\.ts$|\/testing\//.test(file)
}

/** The innermost one: the desk's console lies in the desk's folder and is no part of it. */
function packageOf(file: string, packages: readonly Package[]): Package | undefined {
  return packages
    .filter(({ folder }) => file.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0]
}

function neededBy(folder: string, packages: readonly Package[]): Set<Package> {
  const found = new Set<Package>()
  const take = (one: Package | undefined) => {
    if (!one || found.has(one)) return
    found.add(one)
    for (const name of one.needs) take(packages.find((other) => other.name === name))
  }
  take(packages.find((one) => one.folder === folder))
  return found
}
