import { createTransport } from 'nodemailer'
import { cut } from '../../../cut.ts'
import { oneLine } from '../../../render.ts'
import type { TimeLimits } from '../../../time-limits.ts'
import { turns } from '../../../turns.ts'
import type { Delivered } from '../../port.ts'
import type { WayOut } from '../way-out.ts'
import { compose } from './mail-compose.ts'

export interface SmtpOptions {
  /** smtp://user:password@host:port, or smtps:// for TLS from the start. */
  url: string
  /** Longest time that one mail may take, milliseconds. */
  withinMs: number
  limits: TimeLimits
  /** How long no mail is tried after the server could not be reached, milliseconds. */
  pauseMs: number
}

/** What nodemailer adds to an error; `permanent` comes with a reply of the server. */
interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
  permanent?: boolean
  /** What it failed in. */
  command?: string
  syscall?: string
}

/** So many mails are under way at a time; a mail's time limit begins with its turn. */
const connections = 32

/**
 * Sends by SMTP. A server that cannot be reached costs the time limit once: until the pause is over the next mails
 * fail at once.
 */
export function smtpWayOut({ url, withinMs, limits, pauseMs }: SmtpOptions): WayOut {
  const transport = transportTo(url, withinMs)
  const inTurn = turns(connections)
  let away: { until: number; failure: Delivered } | undefined
  return {
    deliver: (mail) =>
      inTurn(async () => {
        if (away && performance.now() < away.until) return away.failure
        const limit = limits.begin(withinMs)
        try {
          const { response } = await transport.sendMail({ ...compose(mail), signal: limit.signal })
          return { sent: true, detail: cut(oneLine(response), 500) }
        } catch (error) {
          const failure = failureOf(error as SmtpError)
          if (isAway(error as SmtpError)) away = { until: performance.now() + pauseMs, failure }
          return failure
        } finally {
          limit.end()
        }
      }),
    stop: () => transport.close(),
  }
}

/** Connecting may take half of the time limit, so that a silent server is told from a slow mail. */
function transportTo(url: string, withinMs: number) {
  const { protocol, hostname, port, username, password } = new URL(url)
  return createTransport({
    host: hostname,
    ...(port ? { port: Number(port) } : {}),
    secure: protocol === 'smtps:',
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    pool: true,
    maxConnections: connections,
    // A mail whose connection is lost may have been taken: to send it again is for the router to ask.
    maxRequeues: 0,
    dnsTimeout: withinMs / 2,
    connectionTimeout: withinMs / 2,
    greetingTimeout: withinMs / 2,
    socketTimeout: withinMs,
  })
}

function failureOf(error: SmtpError): Delivered {
  if (error.code === 'EABORT')
    return { sent: false, permanent: false, detail: 'The mail server did not answer in time.' }
  const detail = cut(oneLine(error.response ?? error.message), 500)
  if (isRefusedLogin(error))
    return {
      sent: false,
      permanent: false,
      detail: `The mail server refused the login, check SMTP_URL: ${detail}`,
    }
  return { sent: false, permanent: error.permanent ?? false, detail }
}

/** A refused login is about this service's settings, not about the mail. */
function isRefusedLogin({ code }: SmtpError): boolean {
  return code === 'EAUTH' || code === 'ENOAUTH'
}

/**
 * The server as a whole does not serve: it cannot be reached, does not greet, or refuses before it has heard of a mail.
 * What happens in the middle of a mail may be the fault of its address, for which no other is to wait.
 */
function isAway(error: SmtpError): boolean {
  if (isRefusedLogin(error) || error.syscall === 'connect' || error.code === 'EDNS') return true
  if (error.responseCode !== undefined)
    return error.code === 'EPROTOCOL' || ['EHLO', 'HELO'].includes(error.command ?? '')
  return /^(Connection timeout|Greeting never received)/.test(error.message)
}
