import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findPins, findPlaces, findServices, usualPlaces } from './places.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-places-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function runningStack(endpoints: string): string {
  mkdirSync(join(folder, '.holdpoint', 'local'), { recursive: true })
  mkdirSync(join(folder, 'deep', 'below'), { recursive: true })
  writeFileSync(join(folder, '.holdpoint', 'local', 'endpoints.json'), endpoints)
  return join(folder, 'deep', 'below')
}

test('without anything said, the usual ports', () => expect(findPlaces(folder)).toEqual(usualPlaces))

test('the running stack is found from any folder below it', () => {
  const below = runningStack('{"desk": "http://127.0.0.1:4100", "kafka": "127.0.0.1:4092"}')
  expect(findPlaces(below)).toEqual({
    ...usualPlaces,
    desk: 'http://127.0.0.1:4100',
    kafka: '127.0.0.1:4092',
  })
})

test('what was said counts more: options, then environment, then the running stack', () => {
  const below = runningStack('{"desk": "http://stack", "intake": "http://stack", "registry": "http://stack"}')
  const found = findPlaces(
    below,
    { desk: 'http://option' },
    { desk: 'http://env', intake: 'http://env/', kafka: '' },
  )
  expect(found).toEqual({
    desk: 'http://option',
    intake: 'http://env',
    registry: 'http://stack',
    kafka: usualPlaces.kafka,
  })
})

test('services are found where the environment says, else in the running stack', () => {
  const below = runningStack('{"services": {"router": "http://127.0.0.1:4103/"}}')
  expect(findServices(below, undefined)).toEqual({ router: 'http://127.0.0.1:4103' })
  expect(findServices(below, 'router=http://r:1, audit=http://a:2')).toEqual({
    router: 'http://r:1',
    audit: 'http://a:2',
  })
  expect(() => findServices(below, 'router')).toThrow('The address of router is no http URL')
  expect(findPlaces(below)).toEqual(usualPlaces)
})

test('what is known of a trail lies beside the stack that wrote it, and belongs to no other', () => {
  const below = runningStack('{"kafka": "127.0.0.1:4092"}')
  expect(findPins(below, '127.0.0.1:4092')).toBe(join(folder, '.holdpoint', 'local', 'audit-pins.json'))
  expect(findPins(below, 'elsewhere:9092')).toBeUndefined()
  expect(findPins(join(folder, '..'), '127.0.0.1:4092')).toBeUndefined()
})

test('a file that is no JSON is named', () =>
  expect(() => findPlaces(runningStack('{'))).toThrow(/endpoints\.json is no JSON/))

test.each(['127.0.0.1:19100', 'ftp://desk', 'desk'])('%s is no address of the desk', (desk) =>
  expect(() => findPlaces(folder, { desk })).toThrow('The address of desk is no http URL'),
)
