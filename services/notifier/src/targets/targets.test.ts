import { expect, test } from 'vitest'
import { targetsOf } from './targets.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const files: { [file: string]: string } = { 'chat-url': 'https://hooks.example/T/B/x\n', key: `${secret}\n` }
const read = (value: unknown) => targetsOf(value, (file) => files[file])
const problemsOf = (value: unknown) => {
  const result = read(value)
  return 'problems' in result ? result.problems : []
}

test('targets are read with their addresses and secrets, from the file or from files that it names', () => {
  const result = read({
    'finance-chat': { kind: 'slack', 'url-file': 'chat-url' },
    support: { kind: 'teams', url: 'https://flows.example/x' },
    erp: {
      kind: 'webhook',
      url: 'http://127.0.0.1:9/x',
      secret,
      'secret-files': ['key'],
      private: true,
      insecure: true,
    },
  })
  const targets = 'targets' in result ? result.targets : new Map()
  expect([...targets.keys()]).toEqual(['finance-chat', 'support', 'erp'])
  expect(targets.get('finance-chat')).toMatchObject({ kind: 'slack', isPrivate: false, secrets: [] })
  expect(targets.get('finance-chat')?.url.href).toBe('https://hooks.example/T/B/x')
  expect(targets.get('erp')).toMatchObject({
    isPrivate: true,
    secrets: [Buffer.alloc(32, 7), Buffer.alloc(32, 7)],
  })
})

test.each([
  [{ 'Finance Chat': { kind: 'slack', url: 'https://x.example' } }, 'is no name of a target'],
  [{ a: { kind: 'discord', url: 'https://x.example' } }, 'is one of slack, teams, webhook'],
  [{ a: { kind: 'slack' } }, 'either url or url-file'],
  [{ a: { kind: 'slack', url: 'https://x.example', 'url-file': 'chat-url' } }, 'either url or url-file'],
  [{ a: { kind: 'slack', 'url-file': 'nowhere' } }, 'cannot be read'],
  [{ a: { kind: 'slack', url: 'http://x.example' } }, 'without TLS'],
  [{ a: { kind: 'slack', url: 'ftp://x.example' } }, 'no https address'],
  [{ a: { kind: 'slack', url: 'https://me:pw@x.example' } }, 'user or password'],
  [{ a: { kind: 'slack', url: 'https://x.example', secret } }, 'does not take'],
  [{ a: { kind: 'webhook', url: 'https://x.example' } }, 'has no secret'],
  [{ a: { kind: 'webhook', url: 'https://x.example', secret: 'whsec_c2hvcnQ=' } }, 'secret (number 1)'],
  [
    { a: { kind: 'webhook', url: 'https://x.example', 'secret-files': ['key', 'nowhere'] } },
    'secret (number 2)',
  ],
  [{ a: { kind: 'slack', url: 'https://x.example', colour: 'red' } }, 'colour'],
  [{ a: 'https://x.example' }, 'expected object'],
  [[], 'names no targets'],
  [null, 'names no targets'],
])('%j is refused: %s', (value, problem) => {
  const problems = problemsOf(value)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(problem)
})

test('everything that is wrong is told at once, and no address and no secret with it', () => {
  const problems = problemsOf({
    a: { kind: 'slack', url: 'http://hidden.example/token' },
    b: { kind: 'webhook', url: 'https://hidden.example/token', secret: 'whsec_hidden' },
  })
  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toContain('hidden')
})
