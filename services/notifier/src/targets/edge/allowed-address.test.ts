import { expect, test } from 'vitest'
import { isAllowed } from './allowed-address.ts'

test.each([
  '8.8.8.8',
  '172.15.255.255',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450:4001::1',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isAllowed(address, false)).toBe(true)
})

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  '203.0.113.7',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:4136:e378::',
  '::7f00:1',
])('%s is no address of the internet', (address) => {
  expect(isAllowed(address, false)).toBe(false)
})

test.each(['127.0.0.1', '10.1.2.3', '::1', 'fd12:3456::1', '::ffff:127.0.0.1', '8.8.8.8'])(
  '%s is allowed where private targets are wanted',
  (address) => {
    expect(isAllowed(address, true)).toBe(true)
  },
)

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '224.0.0.1',
  'ff02::1',
  '255.255.255.255',
  '0.0.0.0',
  '::',
  'localhost',
  '',
])('%s is never allowed', (address) => {
  expect(isAllowed(address, true)).toBe(false)
  expect(isAllowed(address, false)).toBe(false)
})
