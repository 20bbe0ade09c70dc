import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { dataRoot } from '@holdpoint/local'
import { type Browser, chromium, type Page } from 'playwright-core'
import { environment } from '../harness/config.ts'

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The Chromium of this machine: `HOLDPOINT_TEST_CHROMIUM`, or the first on the PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const folders = (environment.PATH ?? '').split(delimiter)
  const candidates = programs.flatMap((program) => folders.map((folder) => join(folder, program)))
  return [environment.HOLDPOINT_TEST_CHROMIUM ?? '', ...candidates].find(
    (path) => path !== '' && existsSync(path),
  )
}

/** Background requests are off: on a closed network they fail one after the other. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags })
}

/** What axe finds wrong with the page by WCAG 2.2 AA, in words; empty when nothing. */
export async function inaccessible(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .map(({ html }) => html)
        .join(' ')
        .slice(0, 300)})`,
  )
}

/** A picture for people to look at, in `.holdpoint/test/screens`. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(dataRoot, 'test', 'screens')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
