import { parseConfig } from '@holdpoint/chassis'
import { expect, test } from 'vitest'
import { mailFolderOf, shape } from './config.ts'

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

test.each([
  ['MAIL_FROM', 'nobody'],
  ['SMTP_URL', 'http://mail.example'],
])('a wrong %s is named', (name, value) => {
  expect(parseConfig(shape, { ...environment, [name]: value })).toEqual({
    problems: expect.stringContaining(name),
  })
})
