import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { StackError } from '../errors.ts'
import { messageFor } from '../failure.ts'
import { repository } from '../folders.ts'
import { type ServiceName, serviceNames } from '../port-plan.ts'
import { seconds } from '../progress.ts'
import { readPackages } from './packages.ts'
import { packagesBehind, restartsFor } from './restarts-for.ts'
import { type FileWatch, watchFiles } from './watch-files.ts'

type Restart = (service: ServiceName) => Promise<void>
type Log = (line: string) => void

/** Starts each service again whose code changes, with a line that says why; the others go on. */
export function restartOnChange(restart: Restart, log: Log): FileWatch {
  const packages = readPackages()
  const again = tellingRestart(restart, log)
  return watchFiles(codeFolders(packagesBehind(serviceNames, packages)), (paths) => {
    const files = paths.map((path) => relative(repository, path).replaceAll(sep, '/'))
    for (const service of serviceNames) {
      const why = files.filter((file) => restartsFor(file, [service], packages).length > 0)
      if (why.length > 0) void again(service, why)
    }
  })
}

/** Restarts and says so once it is ready; of restarts that overtake one another, only the last one speaks. */
export function tellingRestart(restart: Restart, log: Log) {
  const last = new Map<ServiceName, symbol>()
  return async (service: ServiceName, files: readonly string[]): Promise<void> => {
    const mine = Symbol(service)
    last.set(service, mine)
    const since = Date.now()
    const line = await restart(service).then(
      () => `↻ ${service}  ${shortened(files)}  ${seconds(Date.now() - since)}`,
      (error) => (isStopped(error) ? undefined : messageFor(error)),
    )
    if (line !== undefined && last.get(service) === mine) log(line)
  }
}

/** A later change came before it was ready, or everything ends. */
const isStopped = (error: unknown) => error instanceof StackError && error.code === 'STOPPED'

function codeFolders(packages: readonly { folder: string }[]): string[] {
  return packages
    .flatMap(({ folder }) => [join(repository, folder, 'src'), join(repository, folder, 'avro')])
    .filter((folder) => existsSync(folder))
}

const shortened = ([first, ...others]: readonly string[]) =>
  others.length === 0 ? first : `${first} and ${others.length} more`
