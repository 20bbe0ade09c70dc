import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Misuse } from './failures.ts'

/** Where a running Holdpoint answers. */
export interface Places {
  kafka: string
  registry: string
  desk: string
  intake: string
}

/** What was said on the command line or in the environment; it counts more than what is found. */
export type GivenPlaces = { [Place in keyof Places]?: string | undefined }

/** Where `npm start` brings things up unless told otherwise. */
export const usualPlaces: Places = {
  kafka: '127.0.0.1:19092',
  registry: 'http://127.0.0.1:19081/apis/ccompat/v7',
  desk: 'http://127.0.0.1:19100',
  intake: 'http://127.0.0.1:19101',
}

/** Written by `npm start`; looked for in a folder and all above it. */
const endpointsFile = join('.holdpoint', 'local', 'endpoints.json')

/** Command line first, then environment, then the running stack of this folder, then the usual ports. */
export function findPlaces(folder: string, ...given: GivenPlaces[]): Places {
  const { services: _, ...endpoints } = readEndpoints(folder)
  const found = { ...usualPlaces, ...endpoints }
  for (const place of Object.keys(usualPlaces) as (keyof Places)[]) {
    const said = given.map((places) => places[place]).find((value) => value !== undefined && value !== '')
    if (said !== undefined) found[place] = said
    if (place !== 'kafka') found[place] = requireUrl(place, found[place])
  }
  return found
}

/**
 * Where each service answers for itself, by its name, as far as anybody says so: the environment (`router=http://…,
 * audit=http://…`), else the running stack of this folder.
 */
export function findServices(folder: string, said: string | undefined): Record<string, string> {
  const services = said
    ? Object.fromEntries(said.split(',').map(named))
    : (readEndpoints(folder).services ?? {})
  for (const [name, url] of Object.entries(services)) services[name] = requireUrl(name, url)
  return services
}

/** The file of pins beside the running stack of this folder or above, if that is the one whose Kafka is meant. */
export function findPins(folder: string, kafka: string): string | undefined {
  const file = endpointsAbove(folder)
  return file && readEndpoints(folder).kafka === kafka ? join(dirname(file), 'audit-pins.json') : undefined
}

function named(pair: string): [name: string, url: string] {
  const [name = '', ...url] = pair.trim().split('=')
  return [name, url.join('=')]
}

function readEndpoints(folder: string): GivenPlaces & { services?: Record<string, string> } {
  const file = endpointsAbove(folder)
  if (file === undefined) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Misuse(`${file} is no JSON. Delete it, or start again with npm start.`)
  }
}

function endpointsAbove(folder: string): string | undefined {
  const file = join(folder, endpointsFile)
  if (existsSync(file)) return file
  return dirname(folder) === folder ? undefined : endpointsAbove(dirname(folder))
}

function requireUrl(place: string, text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text.replace(/\/+$/, '')
  throw new Misuse(`The address of ${place} is no http URL: ${text}`)
}
