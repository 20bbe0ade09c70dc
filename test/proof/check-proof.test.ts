import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { NotProvable, type Proof, prove, type Wanted } from '../../services/audit/src/prove.ts'
import {
  asTrail,
  type Input,
  type TestTrail,
  testKey,
  writeTrail,
} from '../../services/audit/src/testing/trail.ts'

const script = join(import.meta.dirname, 'check-proof.mjs')
const batch: Input[] = [
  ['desk.commands.v1', 'O-1'],
  ...Array<Input>(5).fill(['orders.revisions.v1', 'O-1']),
  ['desk.commands.v1', 'O-1'],
  ['cases.findings.v1', 'O-2'],
]
let trail: TestTrail
let proofs: Proof[]
let checkProof: (proof: unknown, keyId: string) => unknown

beforeAll(async () => {
  checkProof = (await import(script)).checkProof
  trail = await writeTrail([batch, batch])
  proofs = (await prove(asTrail(trail), everyRecord())) as Proof[]
})

const everyRecord = (): Wanted[] =>
  trail.records.map(({ topic, partition, offset }) => ({ topic, partition, offset }))

const run = (proof: unknown, keyId: string) =>
  spawnSync(process.execPath, [script, keyId], { input: JSON.stringify(proof), encoding: 'utf8' })

test('a script that knows nothing of the product proves a record by the key alone', () => {
  const proof = proofs.find(({ record }) => record?.topic === 'desk.commands.v1')
  const { status, stdout } = run(proof, testKey.keyId)
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^Proved: entry \d:\d, command APPROVE, by fiona/),
  ])
  const other = run(proof, '0'.repeat(64))
  expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('the key that you trust')])
})

test.each<[string[], string]>([
  [[], ''],
  [['key'], '{}'],
])('called with %j it says how it is called', (args, input) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    input,
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^node check-proof\.mjs KEYID < proof\.json/)
})

test.each([['x'], ['{}'], ['null']])('what is no proof, %s, is told in a line', (input) => {
  const { status, stderr } = spawnSync(process.execPath, [script, testKey.keyId], { input, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^No proof: [^\n]*\.\n$/)
})

test('there is a proof of every record, one of a range too', () => {
  expect(proofs).toHaveLength(trail.records.length)
  expect(proofs.some(({ path }) => path.length === 3)).toBe(true)
  for (const proof of proofs) checkProof(proof, testKey.keyId)
})

test('there is a proof of every entry, without its record where that is not kept any more', async () => {
  const wanted = trail.entries.map(({ partition, sequence }) => ({ partition, sequence }))
  const gone = await prove(asTrail({ ...trail, records: [] }), wanted)
  for (const proof of [...(await prove(asTrail(trail), wanted)), ...gone]) checkProof(proof, testKey.keyId)
  expect(gone).toMatchObject(wanted.map(() => ({ record: null, path: [] })))
})

test('what there is no proof of is said', async () => {
  const [entry, record, unsigned] = await prove(asTrail({ ...trail, checkpoints: [] }), [
    { partition: 0, sequence: 99 },
    { topic: 'desk.commands.v1', partition: 0, offset: 99 },
    trail.entries[0] as TestTrail['entries'][0],
  ])
  expect(entry).toBeInstanceOf(NotProvable)
  expect((record as NotProvable).message).toContain('There is no entry for the record desk.commands.v1')
  expect((unsigned as NotProvable).message).toContain('No signature covers')
})

test('of 1,000 random alterations of a proof every one is found', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (which, at) => {
      const proof = structuredClone(proofs[which % proofs.length]) as Proof
      const leaves = leavesOf(proof)
      const { holder, name } = leaves[at % leaves.length] as Leaf
      holder[name] = another(holder[name])
      expect(() => checkProof(proof, testKey.keyId)).toThrow()
    }),
    { numRuns: 1_000 },
  )
})

interface Leaf {
  holder: Record<string, unknown>
  name: string
}

function leavesOf(holder: object): Leaf[] {
  return Object.entries(holder).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? leavesOf(value)
      : [{ holder: holder as Record<string, unknown>, name }],
  )
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (value === null) return 'AAAA'
  const text = value as string
  if (text === 'left' || text === 'right') return text === 'left' ? 'right' : 'left'
  return text.startsWith('[')
    ? text.replace(/"([^"]*)"(?=[^"]*$)/, '"$1x"')
    : `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
}
