import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPglite } from '../database/pglite.ts'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs } from '../testing/databases.ts'
import { rosterText } from '../testing/messages.ts'

let database: Database
let world: ApiWorld
let headers: Record<string, string>
let text: string

beforeAll(async () => {
  database = await openPglite()
  text = await readFile(new URL('../../../../infra/samples/retail.policy.yaml', import.meta.url), 'utf8')
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  headers = await world.as('admin')
})
afterEach(() => world.close())
afterAll(() => database.close())

const publish = (more: object = {}) =>
  world.call('POST', '/policy', { body: { text, reason: 'first', ...more }, headers })
const versions = () => world.published.sent.map(({ key }) => key)

it('numbers policies 1, 2, 3 and shows the latest at once', async () => {
  expect((await publish()).body).toMatchObject({ version: 1 })
  expect((await publish({ text: `${text}\n# second\n`, basedOn: 1 })).body).toMatchObject({ version: 2 })
  expect((await world.call('GET', '/policy')).body).toMatchObject({ version: 2, by: { subject: 'admin' } })
  expect((await world.call('GET', '/policy/versions/1')).body).toMatchObject({
    version: 1,
    text,
    reason: 'first',
  })
  const { body } = await world.call('GET', '/policy/versions')
  expect((body.versions as { version: number }[]).map(({ version }) => version)).toEqual([2, 1])
})

it('gives two authors at the same moment two numbers, or tells the later one what happened', async () => {
  const other = (name: string) => ({ text: `${text}\n# ${name}\n` })
  const answers = await Promise.all([
    publish(),
    publish(other('second')),
    publish({ ...other('third'), basedOn: 0 }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 409])
  expect(answers[2]?.body).toMatchObject({ code: 'POLICY_MOVED_ON', latest: 2 })
  expect(versions()).toEqual(['1', '2'])
})

it('warns of cases that nobody of their owners could decide, when either file is published', async () => {
  const two = text.replace('    owner: support\n', '    owner: support\n    approvals: 2\n')
  expect(two).not.toBe(text)
  const people = [{ subject: 'admin', name: 'Ada Poe', email: '', roles: ['support', 'policy-author'] }]
  const warning = expect.objectContaining({
    message: expect.stringContaining('2 people have to approve, and of support there is only Ada Poe'),
  })
  await world.call('POST', '/policy', { body: { text: two, reason: 'first' }, headers })
  const roster = await world.call('POST', '/roster', {
    body: { text: rosterText(people), reason: 'x' },
    headers,
  })
  expect(roster.body.warnings).toContainEqual(warning)
  expect((await publish({ text: two })).body.warnings).toContainEqual(warning)
  const check = await world.call('POST', '/policy/check', { body: { text: two } })
  expect(check.body.warnings).toContainEqual(warning)
})

it('publishes no text a second time, whatever it is based on, and says which version has it', async () => {
  await publish()
  const { body: first } = await world.call('GET', '/policy')
  for (const more of [{}, { basedOn: 0 }, { basedOn: 1, reason: 'again' }]) {
    const { status, body } = await publish(more)
    expect([status, body]).toEqual([
      200,
      { version: 1, digest: first.digest, changes: [], warnings: [], unchanged: true },
    ])
  }
  expect(versions()).toEqual(['1'])
  // An older text is a change again.
  await publish({ text: `${text}\n# second\n` })
  expect(await publish()).toMatchObject({ status: 201, body: { version: 3, unchanged: false } })
})

it('publishes nothing that has errors, and names each with line and column', async () => {
  const wrong = text.replace('lines.total > 5000', 'lines.totl > 5000')
  const { status, body } = await publish({ text: wrong })
  expect(status).toBe(422)
  const line = wrong.split('\n').findIndex((one) => one.includes('totl')) + 1
  expect(body.errors).toMatchObject([
    { line, column: expect.any(Number), message: expect.stringContaining('totl') },
  ])
  expect(versions()).toEqual([])
})

it('never gives a number twice that may be taken, and gives one again that is not', async () => {
  const failing = (code: string) => world.published.fail(Object.assign(new Error('failed'), { code }))
  failing('KAFKA_AWAY')
  expect((await publish()).body).toMatchObject({ status: 503, code: 'KAFKA_AWAY' })
  failing('PUBLISH_UNKNOWN')
  expect((await publish()).body).toMatchObject({ status: 503, code: 'PUBLISH_UNKNOWN' })
  world.published.fail(undefined)
  expect((await publish()).body).toMatchObject({ version: 2 })
})

it('needs a reason', async () => {
  expect((await publish({ reason: ' ' })).body).toMatchObject({ status: 400, errors: [{ path: 'reason' }] })
})

it('checks a draft without publishing it, and lists its exception types', async () => {
  const check = async (draft: string) =>
    (await world.call('POST', '/policy/check', { body: { text: draft } })).body
  const sound = await check(text)
  expect(sound).toMatchObject({ ok: true, errors: [] })
  expect((sound.types as { type: string }[]).map(({ type }) => type)).toContain('large-order')
  expect(await check('title: 3')).toMatchObject({
    ok: false,
    types: [],
    errors: expect.arrayContaining([expect.objectContaining({ line: 1, column: 8 })]),
  })
  expect(versions()).toEqual([])
})

it('names the types that a case can be raised of: those with a rule, and the one for everything else', async () => {
  await publish()
  const { body } = await world.call('GET', '/policy/types')
  const types = (body.types as { type: string }[]).map(({ type }) => type)
  expect(types).toContain('other')
  expect(types).toContain('abroad')
  expect(types).not.toContain('clearance')
})
