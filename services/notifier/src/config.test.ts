import { parseConfig } from '@holdpoint/chassis'
import { expect, test } from 'vitest'
import { answerKeyFileOf, mailFolderOf, shape, warningsOf } from './config.ts'

const environment = {
  KAFKA_BROKERS: 'k:9092',
  SCHEMA_REGISTRY_URL: 'http://r:8081',
  HTTP_PORT: '0',
  DATA_DIR: 'data',
}

function configOf(more: Record<string, string>) {
  const result = parseConfig(shape, { ...environment, ...more })
  if ('problems' in result) throw new Error(result.problems)
  return result.config
}

test('mails go to a folder below the data folder unless another is named', () => {
  expect(mailFolderOf(configOf({}))).toMatch(/^data.mail$/)
  expect(mailFolderOf(configOf({ MAIL_DIR: 'out' }))).toBe('out')
})

test('the sender is read as a name and an address', () => {
  expect(configOf({ MAIL_FROM: 'Orders <orders@shop.example>' }).MAIL_FROM).toEqual({
    name: 'Orders',
    address: 'orders@shop.example',
  })
})

test('a sender without a name has one all the same', () => {
  expect(configOf({ MAIL_FROM: 'orders@shop.example' }).MAIL_FROM.name).toBe('Holdpoint')
})

test('the key of answer links lies in the data folder unless another is named', () => {
  expect(answerKeyFileOf(configOf({}))).toMatch(/^data.answer-key\.pem$/)
  expect(answerKeyFileOf(configOf({ ANSWER_KEY_FILE: 'k.pem' }))).toBe('k.pem')
})

test('the address of the desk may end with a slash', () => {
  expect(configOf({ DESK_URL: 'https://desk.example/' }).DESK_URL).toBe('https://desk.example')
})

test('real mails without a real sender, or without links, are warned of', () => {
  const SMTP_URL = 'smtp://mail.example'
  expect(warningsOf(configOf({}))).toEqual([])
  expect(warningsOf(configOf({ SMTP_URL }))).toEqual([
    expect.stringContaining('MAIL_FROM'),
    expect.stringContaining('DESK_URL'),
  ])
  const complete = { SMTP_URL, MAIL_FROM: 'a@shop.example', DESK_URL: 'https://desk.example' }
  expect(warningsOf(configOf(complete))).toEqual([])
})

test.each([
  ['MAIL_FROM', 'nobody'],
  ['DESK_URL', 'desk.example'],
  ['MESSAGES_PER_MINUTE', '0'],
  ['SMTP_URL', 'http://mail.example'],
])('a wrong %s is named', (name, value) => {
  expect(parseConfig(shape, { ...environment, [name]: value })).toEqual({
    problems: expect.stringContaining(name),
  })
})
