import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { byOrder, revision } from '../testing/messages.ts'
import { mountDesk } from './app.ts'

describe('a desk that listens and has not read what there is', () => {
  let url: string
  let close: () => void
  beforeAll(async () => {
    const http = express()
    mountDesk(http, { deskUrl: undefined, consoleFolder: '/nowhere', onFailure: () => undefined })
    const server = await new Promise<ReturnType<typeof http.listen>>((resolve) => {
      const listening = http.listen(0, '127.0.0.1', () => resolve(listening))
    })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    close = () => server.close()
  })
  afterAll(() => close())

  it.each([
    ['GET', '/'],
    ['GET', '/inbox'],
    ['GET', '/orders/SO-1'],
    ['GET', '/assets/index-1.js'],
    ['GET', '/api/v1/orders/SO-1'],
    ['GET', '/api/v1/stream'],
    ['POST', '/api/v1/cases/C-1/actions'],
    ['DELETE', '/api/v1/session'],
  ])('says so to %s %s, as a problem, and when to ask again', async (method, path) => {
    const response = await fetch(url + path, { method })
    expect([response.status, response.headers.get('content-type')]).toEqual([
      503,
      expect.stringContaining('application/problem+json'),
    ])
    expect(response.headers.get('retry-after')).toBe('1')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({
      code: 'STARTING',
      detail: expect.stringContaining('The desk is starting'),
    })
  })

  it('tells whoever opens a page in a browser, and the page asks again by itself', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const response = await fetch(`${url}/orders/SO-1`, { headers: { accept } })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.text()).toMatch(/http-equiv="refresh"[\s\S]*The desk is starting/)
  })
})

describe('a desk that has not read everything yet', () => {
  let database: Database
  let world: ApiWorld
  beforeAll(async () => {
    database = await sharedPglite()
    world = await apiWorld(database, { caughtUp: false })
    await world.bring('orders.revisions.v1', byOrder([revision('A')]))
  }, openWithinMs)
  afterAll(async () => {
    await world.close()
    await database.close()
  })

  it.each([
    '/orders/B',
    '/cases/C-1',
    '/commands/c-1',
    '/policy',
    '/roster',
    '/dead-letters/router.dlq.v1/0/1',
  ])('never says that there is no %s', async (path) => {
    const { status, headers, body } = await world.call('GET', path)
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'NOT_READY', '1'])
  })

  it('shows what it has read, and knows its own paths', async () => {
    expect((await world.call('GET', '/orders/A')).status).toBe(200)
    expect(await world.call('GET', '/nonsense')).toMatchObject({
      status: 404,
      body: { code: 'NO_SUCH_PATH' },
    })
  })

  it('says what there is not once it has', async () => {
    world.desk.following.onCaughtUp?.()
    expect(await world.call('GET', '/orders/B')).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_ORDER' },
    })
  })
})
