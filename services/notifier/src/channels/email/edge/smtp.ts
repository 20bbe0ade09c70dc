import { createTransport } from 'nodemailer'
import { oneLine } from '../../../render.ts'
import type { Delivered, Delivery } from '../../port.ts'
import { compose } from './mail-compose.ts'

export interface SmtpOptions {
  /** smtp://user:password@host:port, or smtps:// for TLS from the start. */
  url: string
  /** Longest time that one mail may take, milliseconds. */
  withinMs: number
  /** How long no mail is tried after the server could not be reached, milliseconds. */
  pauseMs: number
}

/** What nodemailer adds to an error; `permanent` comes with a reply of the server. */
interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
  permanent?: boolean
}

/**
 * Sends by SMTP. A server that cannot be reached costs the time limit once: until the pause is over the next mails
 * fail at once, so that a lane is not held up mail by mail.
 */
export function smtpDelivery({ url, withinMs, pauseMs }: SmtpOptions): Delivery {
  const transport = transportTo(url, withinMs)
  let away: { until: number; failure: Delivered } | undefined
  return {
    async deliver(mail) {
      if (away && performance.now() < away.until) return away.failure
      const signal = AbortSignal.timeout(withinMs)
      try {
        const { response } = await transport.sendMail({ ...compose(mail), signal })
        return { sent: true, detail: oneLine(response).slice(0, 500) }
      } catch (error) {
        const failure = failureOf(error as SmtpError, withinMs)
        if (isAway(error as SmtpError)) away = { until: performance.now() + pauseMs, failure }
        return failure
      }
    },
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
    maxConnections: 4,
    dnsTimeout: withinMs / 2,
    connectionTimeout: withinMs / 2,
    greetingTimeout: withinMs / 2,
    socketTimeout: withinMs,
  })
}

function failureOf(error: SmtpError, withinMs: number): Delivered {
  if (error.code === 'EABORT')
    return { sent: false, permanent: false, detail: `The mail server did not answer within ${withinMs} ms.` }
  const detail = oneLine(error.response ?? error.message).slice(0, 500)
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

/** The server as a whole does not serve; 421 says so in its own words. */
function isAway(error: SmtpError): boolean {
  const unreachable = ['ECONNECTION', 'ESOCKET', 'EDNS', 'ETLS', 'ETIMEDOUT'].includes(error.code ?? '')
  return (
    isRefusedLogin(error) || error.responseCode === 421 || (unreachable && error.responseCode === undefined)
  )
}
