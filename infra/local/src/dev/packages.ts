import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../folders.ts'

/** A workspace: its folder from the repository's, and the workspaces that it runs code of. */
export type Package = { name: string; folder: string; needs: readonly string[] }

type Manifest = { name: string; workspaces?: string[]; dependencies?: Record<string, string> }

/** Every workspace of the repository, as package.json and theirs say. */
export function readPackages(root: string = repository): Package[] {
  const patterns = manifestIn(root).workspaces ?? []
  return globSync(patterns, { cwd: root })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const { name, dependencies = {} } = manifestIn(join(root, folder))
      return { name, folder, needs: Object.keys(dependencies) }
    })
}

const manifestIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
