/**
 * What a page of the repository names is there: where its links lead to, and the files and folders (`route.ts`,
 * `src/publish-*.ts`, `lane/`) that it writes as code. These lie in the page's own package, in whatever folder, as far as
 * their path is written; or they are written from the root of the repository.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { repository } from '@holdpoint/local'
import { expect, test } from 'vitest'

/** Folders that tools fill. */
const made: readonly string[] = ['node_modules', 'dist', 'coverage']

/** Everything that is kept in the repository, by its path from there; folders end with a slash. */
const paths = pathsIn('')
const pages = paths.filter((path) => path.endsWith('.md'))
const packages = paths.flatMap((path) =>
  posix.basename(path) === 'package.json' ? [posix.dirname(path)] : [],
)

function pathsIn(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (!entry.isDirectory()) return [path]
    return made.includes(entry.name) || (entry.name.startsWith('.') && entry.name !== '.github')
      ? []
      : [`${path}/`, ...pathsIn(path)]
  })
}

/** The nearest folder above with a package.json. */
function packageOf(path: string): string {
  const folder = posix.dirname(path)
  return packages.includes(folder) ? folder : packageOf(folder)
}

interface Named {
  page: string
  name: string
}

function linksIn(page: string): Named[] {
  const all = textOf(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)
  return [...all].flatMap(([, name = '']) => (/^\w+:/.test(name) ? [] : [{ page, name }]))
}

const fileName = /^[\w./*-]*[\w*-]\.(?:ts|tsx|mjs|md|yaml|yml|avsc|java)$/
const folderName = /^[\w./-]+\/$/

function namesIn(page: string): Named[] {
  const all = textOf(page).matchAll(/`([^`\n]+)`/g)
  return [...all].flatMap(([, name = '']) =>
    fileName.test(name) || folderName.test(name) ? [{ page, name }] : [],
  )
}

/** The text of a page without its blocks of code. */
function textOf(page: string): string {
  return readFileSync(join(repository, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '')
}

function isThere({ page, name }: Named): boolean {
  const home = packageOf(page)
  const near = paths.filter((path) => home === '.' || packageOf(path) === home)
  const pattern = name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  return near.some((path) => new RegExp(`(?:^|/)${pattern}$`).test(path)) || paths.includes(name)
}

function leadsSomewhere({ page, name }: Named): boolean {
  const target = posix.join(posix.dirname(page), name)
  return [target, `${target}/`, target.replace(/\/$/, '')].some((path) => paths.includes(path))
}

test('every link of a page leads to a file or folder', () => {
  const links = pages.flatMap(linksIn)
  expect(links).toContainEqual({ page: 'README.md', name: 'services/README.md' })
  expect(links.filter((link) => !leadsSomewhere(link))).toEqual([])
})

test('every file and folder that a page names is there', () => {
  const names = pages.flatMap(namesIn)
  expect(names).toContainEqual({ page: 'services/router/README.md', name: 'route.ts' })
  expect(names).toContainEqual({ page: 'services/chassis/README.md', name: 'kafka/log/' })
  expect(names.filter((named) => !isThere(named))).toEqual([])
})

test.each([
  ['a file of nowhere', 'rout.ts'],
  ['a file of another package', 'parse-policy.ts'],
  ['a file in another folder', 'lib/route.ts'],
  ['no file of that sort', 'src/publish-*.ts'],
  ['a folder of another package', 'calendar/'],
])('%s is not there for the router', (_, name) => {
  expect(isThere({ page: 'services/router/README.md', name })).toBe(false)
})
