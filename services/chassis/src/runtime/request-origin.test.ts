import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { isOfThisMachine, namesThisHost } from './request-origin.ts'

function request(headers: Record<string, string> = {}, remoteAddress = '127.0.0.1'): IncomingMessage {
  return { headers: { host: '127.0.0.1:19100', ...headers }, socket: { remoteAddress } } as never
}

describe('a request of this machine', () => {
  test.each(['127.0.0.1:19100', 'localhost:19100', 'LOCALHOST', '[::1]:19100', '127.1.2.3'])(
    'asks for %s',
    (host) => expect(isOfThisMachine(request({ host }))).toBe(true),
  )

  test.each(['::1', '127.0.0.1', '::ffff:127.0.0.1'])('comes from %s', (address) =>
    expect(isOfThisMachine(request({}, address))).toBe(true),
  )

  test.each(['10.0.0.7', '::ffff:192.168.1.4', 'fe80::1', ''])('does not come from "%s"', (address) =>
    expect(isOfThisMachine(request({}, address))).toBe(false),
  )

  test.each(['desk.example.com', '127.0.0.1.example.com', 'localhost.example', ''])(
    'does not ask for "%s", which a proxy on this machine would',
    (host) => expect(isOfThisMachine(request({ host }))).toBe(false),
  )

  test.each([
    ...[
      'forwarded',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-forwarded',
      'x-original-forwarded-for',
    ],
    ...[
      'via',
      'x-real-ip',
      'cf-connecting-ip',
      'cf-ray',
      'true-client-ip',
      'x-client-ip',
      'x-cluster-client-ip',
    ],
    ...['fastly-client-ip', 'fly-client-ip', 'x-azure-clientip', 'x-appengine-user-ip', 'x-originating-ip'],
    ...[
      'x-remote-addr',
      'x-envoy-external-address',
      'x-proxyuser-ip',
      'proxy-authorization',
      'cdn-loop',
      'max-forwards',
    ],
    ...['x_forwarded_for', 'x-somebodys-new-forwarder'],
  ])('carries no %s', (name) => expect(isOfThisMachine(request({ [name]: '127.0.0.1' }))).toBe(false))

  test('may carry all that browsers and programs send by themselves', () => {
    const names = [
      ...[
        'accept',
        'accept-encoding',
        'accept-language',
        'authorization',
        'cache-control',
        'connection',
        'content-length',
      ],
      ...[
        'content-type',
        'cookie',
        'dnt',
        'idempotency-key',
        'if-none-match',
        'last-event-id',
        'origin',
        'pragma',
        'priority',
      ],
      ...[
        'referer',
        'sec-ch-ua',
        'sec-ch-ua-mobile',
        'sec-ch-ua-platform',
        'sec-fetch-dest',
        'sec-fetch-mode',
      ],
      ...[
        'sec-fetch-site',
        'sec-fetch-user',
        'te',
        'traceparent',
        'upgrade-insecure-requests',
        'user-agent',
        'x-requested-with',
      ],
    ]
    expect(isOfThisMachine(request(Object.fromEntries(names.map((name) => [name, 'x']))))).toBe(true)
  })
})

describe('a request to this host', () => {
  test('names it, or is refused whatever else it carries', () => {
    expect(namesThisHost(request(), undefined)).toBe(true)
    expect(namesThisHost(request({ host: 'rebind.example' }), undefined)).toBe(false)
    expect(namesThisHost(request({ host: 'rebind.example', 'x-forwarded-for': '1.2.3.4' }), undefined)).toBe(
      false,
    )
  })

  test('may name the address that people open', () => {
    const host = 'desk.example.com'
    expect(namesThisHost(request({ host }), 'https://desk.example.com')).toBe(true)
    expect(namesThisHost(request({ host: 'other.example.com' }), 'https://desk.example.com')).toBe(false)
  })

  test('that comes from elsewhere may name it as it likes', () =>
    expect(namesThisHost(request({ host: 'desk' }, '10.0.0.7'), undefined)).toBe(true))
})
