import { type AnswerLink, readAnswerLink } from '@holdpoint/answer-links'
import { customerSubject } from '@holdpoint/policy/authority'
import { houseZoneOf, languages, standIn, writtenFor } from '@holdpoint/policy/letters'
import {
  type Correction,
  fieldMatches,
  isBlank,
  type Order,
  orderFields,
  readField,
  type ValueProblem,
} from '@holdpoint/schemas'
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import { rateLimit } from 'express-rate-limit'
import type { DeskParts } from '../api/desk-parts.ts'
import { type CaseWithOrder, findCase } from '../read/cases.ts'
import { findOrder } from '../read/orders.ts'
import { type AnswerField, questionPage, sayingPage } from './page.ts'
import { type AnswerWords, answerWords } from './words.ts'

const longestAnswer = 2_000
/** Attempts a minute and address: a link is opened a few times, and guessed by nobody. */
const perMinute = 60
/** So many fields are asked for on one page. */
const mostFields = 20

type Gone = keyof AnswerWords['gone']

/**
 * The page on which a customer answers a question, by the signed link of their letter. Opening it changes nothing, as mail
 * scanners open links too; the form sends the answer as a command of the customer. A question is answered once.
 */
export function answerPages(parts: DeskParts, onFailure: (error: unknown) => void): RequestHandler {
  const router = Router()
  const path = '/answer/:token'
  router.use(path, (_request, response, next) => {
    response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
    next()
  })
  router.use(path, limiter())
  router.get(path, async (request, response) => {
    const asked = await read(request, parts)
    if ('gone' in asked) return sayGone(response, asked)
    response.type('html').send(pageOf(asked, '', ''))
  })
  router.post(
    path,
    express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 100 }),
    async (request, response) => {
      const asked = await read(request, parts)
      if ('gone' in asked) return sayGone(response, asked)
      await take(asked, (request.body ?? {}) as Record<string, unknown>, response, parts)
    },
  )
  router.use(path, sayFailure(parts, onFailure))
  return router
}

/** Who answers by a link reads a page, in the language of their letter, whatever becomes of the request. */
function sayFailure(parts: DeskParts, onFailure: (error: unknown) => void): ErrorRequestHandler {
  return async (error, { params }, response, next) => {
    if (response.headersSent) return next(error)
    const { status = 500, type = '' } = error as { status?: number; type?: string }
    if (status >= 500) onFailure(error)
    const about = aboutIn(await languageOf(String(params.token), parts))
    const { words } = about
    const isTooMuch = type === 'entity.too.large' || type === 'parameters.too.many'
    const [title, then] = isTooMuch ? [words.tooLong, words.goBack] : [words.notNow, words.notNowThen]
    response
      .status(status)
      .type('html')
      .send(sayingPage(about, title, [then]))
  }
}

async function languageOf(token: string, parts: DeskParts): Promise<string> {
  try {
    const found = readAnswerLink(token, await parts.answerKeys(), parts.now())
    return 'link' in found ? found.link.language : standIn
  } catch {
    // Whatever failed before fails here once more.
    return standIn
  }
}

interface About {
  language: string
  words: AnswerWords
  company: string
}

interface AskedQuestion extends About {
  link: AnswerLink
  one: CaseWithOrder
  order: Order
  houseZone: string
}

/** What a link asks now, or why it asks nothing any more. */
async function read(
  { params }: Request,
  parts: DeskParts,
): Promise<AskedQuestion | (About & { gone: Gone })> {
  const found = readAnswerLink(String(params.token), await parts.answerKeys(), parts.now())
  if (!('link' in found)) return { ...aboutIn(standIn), gone: 'invalid' }
  const { link } = found
  const one = await findCase(parts.database, link.caseId)
  const order = one && (await findOrder(parts.database, one.order_id))?.record.order
  const policy = one && (await parts.policies(one.policy_version))
  const about = aboutIn(link.language, policy?.company?.name)
  if ('problem' in found) return { ...about, gone: 'expired' }
  const isOpen = one?.order_id === link.orderId && one.question?.questionId === link.questionId
  if (!one || !isOpen || one.question?.to !== 'customer' || !order || !policy)
    return { ...about, gone: 'answered' }
  return { ...about, link, one, order, houseZone: houseZoneOf(policy) }
}

function aboutIn(wanted: string, company = ''): About {
  const language = answerWords.has(wanted) ? wanted : standIn
  return { language, company, words: answerWords.get(language) as AnswerWords }
}

const statusOf: Record<Gone, number> = { invalid: 404, expired: 410, answered: 410 }

function sayGone(response: Response, { gone, words, ...about }: About & { gone: Gone }): void {
  const page = sayingPage(about, words.gone[gone], [words.goneThen])
  response.status(statusOf[gone]).type('html').send(page)
}

function pageOf(
  asked: AskedQuestion,
  answer: string,
  problem: string,
  changed: readonly Correction[] = [],
): string {
  const { language, company, words, link, one, order, houseZone } = asked
  const phrases = languages.get(language) ?? languages.get(standIn)
  const { instant } = writtenFor({
    language,
    locale: phrases?.locale ?? language,
    country: order.customer.country,
    houseZone,
  })
  const written = new Map(changed.map(({ path, value }) => [path, value]))
  const question = {
    ...{ orderId: link.orderId, language, company, answer, problem },
    text: one.question?.text ?? '',
    until: instant(link.until),
    fields: fieldsOf(one, order, language).map((one) => ({
      ...one,
      value: written.get(one.path) ?? one.value,
    })),
  }
  return questionPage(question, words)
}

/** The fields of the order that the case lets people correct and that a customer has a word for; not those of lines. */
function fieldsOf({ may_correct: patterns }: CaseWithOrder, order: Order, language: string): AnswerField[] {
  const labels = languages.get(language)?.fields ?? {}
  return orderFields()
    .filter(({ path, type }) => type === 'text' && Object.hasOwn(labels, path))
    .filter(({ path }) => patterns.some((pattern) => fieldMatches(pattern, path)))
    .slice(0, mostFields)
    .map(({ path }) => ({ path, label: labels[path] ?? path, value: readField(order, path) ?? '' }))
}

async function take(
  asked: AskedQuestion,
  form: Readonly<Record<string, unknown>>,
  response: Response,
  parts: DeskParts,
): Promise<void> {
  const { words, one, order, link, language, company } = asked
  const answer = typeof form.answer === 'string' ? form.answer.replaceAll('\r\n', '\n').trim() : ''
  const corrections = fieldsOf(one, order, language).flatMap(({ path, value: expected }): Correction[] => {
    const value = form[path]
    return typeof value === 'string' && value.trim() !== expected
      ? [{ path, expected, value: value.trim() }]
      : []
  })
  const again = (status: number, problem: string) =>
    void response
      .status(status)
      .type('html')
      .send(pageOf(asked, answer, problem, corrections))
  if (isBlank(answer)) return again(422, words.missing)
  if (answer.length > longestAnswer) return again(422, words.tooLong)
  const { name } = order.customer
  const done = await parts.actions.act({
    action: 'ANSWER',
    caseId: link.caseId,
    commandId: `answer-${link.questionId}`,
    actor: { subject: customerSubject(link.orderId), name: name === '' ? 'Customer' : name, roles: [] },
    ...{ reason: answer, corrections, digest: '', channel: 'link' },
  })
  switch (done.kind) {
    case 'done':
    case 'pending':
      return void response.type('html').send(sayingPage(asked, words.thanks, [words.thanksThen]))
    case 'unfit':
      return again(422, words.notFit(labelsOf(done.problems, asked)))
    case 'refused':
    case 'keyReused':
    case 'unknownCase':
    case 'unknownCommand':
      return sayGone(response, { words, language, company, gone: 'answered' })
    case 'away':
    case 'unknown':
      return again(503, words.notSent)
    default:
      return done satisfies never
  }
}

/** Of the fields that cannot be set so, in the customer's words. */
function labelsOf(problems: readonly ValueProblem[], { one, order, language }: AskedQuestion): string {
  const fields = fieldsOf(one, order, language)
  const labels = problems.map(({ path }) => fields.find((field) => field.path === path)?.label ?? path)
  return [...new Set(labels)].join(', ')
}

const limiter = (): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) => next({ status: 429 }),
  })
