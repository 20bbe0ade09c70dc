import { orderTotal, shortened, shownAmount } from '@holdpoint/schemas'
import { lookUpLanguage } from '../language/look-up.ts'
import type { CustomerData } from '../messages/message-data.ts'
import { renderTemplate } from '../messages/render-template.ts'
import type { MessageText, Policy } from '../policy.ts'
import { inWords } from './changes-in-words.ts'
import { codeInWords } from './codes-in-words.ts'
import { languages, standIn } from './languages/index.ts'
import type { EndedTopic, Letter, OpenTopic, OrderNow, Part } from './order-now.ts'
import type { Occasion, Phrases, StagesInWords } from './phrases.ts'
import { stagesInWords } from './stages-in-words.ts'
import { type Written, writtenFor } from './written.ts'

/** What a letter is written from besides the order. */
interface Rules {
  policy: Pick<Policy, 'messages' | 'company'>
  /** The zone of the house, for customers of whom nobody knows theirs. */
  houseZone: string
}

/**
 * The letter of an occasion, written from what is true of the order now: each sentence about a stage, a time or something to
 * do is there exactly when it is so. Sentences of the policy say what a case is about. Never fails: a text of a published
 * policy that cannot be filled gives way to the product's own.
 */
export function composeLetter(occasion: Occasion, now: OrderNow, { policy, houseZone }: Rules): Letter {
  const { customer } = now.order
  const language = lookUpLanguage(customer.language, languages.keys()) ?? standIn
  const phrases = languages.get(language) as Phrases
  const written = writtenFor({ language, locale: phrases.locale, country: customer.country, houseZone })
  const texts = textsFor(policy, language)
  const desk: Desk = { occasion, now, phrases, written, texts, data: dataOf(now, phrases, written, policy) }
  return {
    language,
    subject: oneLine(subjectOf(desk)),
    parts: [
      text(phrases.greeting(shortened(oneLine(customer.name), longestName))),
      ...inSentences([...newsOf(desk), ...beginningOf(desk), ...wantedIn(desk), ...stateOf(desk)], phrases),
      ...signatureOf(policy),
    ],
  }
}

/** Texts of the policy do not know where in a letter they stand. */
function inSentences(parts: readonly Part[], { capitalAfterGreeting }: Phrases): Part[] {
  return parts
    .filter((part) => part.text.trim() !== '')
    .map((part, index) =>
      part.kind === 'TEXT' && (index > 0 || capitalAfterGreeting)
        ? { ...part, text: part.text.charAt(0).toUpperCase() + part.text.slice(1) }
        : part,
    )
}

interface Desk {
  occasion: Occasion
  now: OrderNow
  phrases: Phrases
  written: Written
  /** The text of a message of the policy, in the letter's language or else in the one that stands in. */
  texts(message: string): MessageText | undefined
  /** What is the same for every text of the letter. */
  data: Omit<CustomerData, 'request.asked'>
}

const text = (sentences: string): Part => ({ kind: 'TEXT', text: sentences })
/** What an order says becomes a part of a sentence: one line, nothing unseen, and of a length that somebody reads. */
const oneLine = (line: string): string =>
  shortened(
    line
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
      .trim(),
    longestLine,
  )
const longestLine = 300
const longestName = 80

/** Half a letter in another language is no letter: a message that is not there in this one is told by the product's own sentence. */
function textsFor({ messages }: Rules['policy'], language: string): Desk['texts'] {
  return (message) => {
    const texts = messages.get(message)
    const found = texts && lookUpLanguage(language, texts.keys())
    return found === undefined ? undefined : texts?.get(found)
  }
}

/** A letter about one thing has its subject; one about several, or about its end, says what becomes of the order. */
function subjectOf(desk: Desk): string {
  const { occasion, now, phrases } = desk
  const { orderId, cancelled, stages } = now
  const of = phrases.subject
  if (occasion === 'ended') {
    if (cancelled) return of.isCancelled(orderId)
    if (isAnswerAlone(desk)) return of.ended(orderId)
    const verdicts = stages.map(({ verdict }) => verdict)
    if (verdicts.every((verdict) => verdict === 'PROCEED')) return of.goesOn(orderId)
    return verdicts.every((verdict) => verdict === 'STOP') ? of.isStopped(orderId) : of.ended(orderId)
  }
  const [message, ...more] = new Set(now.open.map((topic) => topic.message))
  const own = occasion === 'held' && message && more.length === 0 ? desk.texts(message) : undefined
  const filled = own && fill(own.subject, now.open[0], desk)
  return filled ?? of[occasion](orderId)
}

/** What has been decided since the last letter, and what is different now. */
function newsOf(desk: Desk): Part[] {
  const { now, phrases, written } = desk
  const changed = inWords(
    now.ended.flatMap(({ changed }) => changed),
    now.order,
    phrases,
    written,
  )
  const facts = new Map(changed.map(({ label, value }) => [label, value]))
  return [
    ...outcomesOf(desk),
    ...(facts.size > 0 ? [text(phrases.changed)] : []),
    ...Array.from(facts, ([label, value]): Part => ({ kind: 'FACT', text: `${label}\t${oneLine(value)}` })),
  ]
}

/** Each outcome once, and behind it what those who decided have to say of it. */
function outcomesOf(desk: Desk): Part[] {
  const byOutcome = Map.groupBy(desk.now.ended, (topic) => outcomeOf(topic, desk))
  return [...byOutcome].flatMap(([outcome, topics]) => [
    ...(outcome === '' ? [] : [text(outcome)]),
    ...[...new Set(topics.map(({ forCustomer }) => forCustomer.trim()))]
      .filter((words) => words !== '')
      .map((words): Part => ({ kind: 'QUOTE', text: words })),
  ])
}

function outcomeOf(topic: EndedTopic, desk: Desk): string {
  if (topic.ending === null) return ''
  const own = desk.texts(topic.message)?.[topic.ending]
  if (own) return fill(own, topic, desk) || desk.phrases.ending[topic.ending]
  return topic.isAnswer && topic.ending === 'approved'
    ? desk.phrases.granted
    : desk.phrases.ending[topic.ending]
}

/** Nothing held the order: it goes on as it did. */
const isAnswerAlone = ({ occasion, now: { ended } }: Desk): boolean =>
  occasion === 'ended' && ended.length > 0 && ended.every(({ isAnswer }) => isAnswer)

/** What the letter begins with: the question, the cases, or that the order is not forgotten. */
function beginningOf(desk: Desk): Part[] {
  const { occasion, now, phrases, written } = desk
  switch (occasion) {
    case 'ended':
      return []
    case 'question':
      return now.questions
        .filter(({ isNew }) => isNew)
        .flatMap((one) => [text(phrases.question), ...asked(one, desk)])
    case 'unanswered':
      return [text(phrases.about.unanswered(now.orderId))]
    case 'silence':
      return [
        ...(now.brokenPromise === null ? [] : [text(phrases.tookLonger(written.instant(now.brokenPromise)))]),
        text(phrases.about.silence(now.orderId)),
        ...aboutsOf(desk),
      ]
    case 'held': {
      const abouts = aboutsOf(desk)
      const about =
        abouts.length > 0 || now.open.length === 0 ? abouts : [text(phrases.about.held(now.orderId))]
      return now.open.some(({ again }) => again) ? [text(phrases.again), ...about] : about
    }
    default:
      return occasion satisfies never
  }
}

/** One paragraph for each message, whatever the number of cases. */
function aboutsOf(desk: Desk): Part[] {
  const abouts = desk.now.open.flatMap((topic) => {
    const about = desk.texts(topic.message)?.about
    const filled = about && fill(about, topic, desk)
    return filled ? [filled] : []
  })
  return [...new Set(abouts)].map(text)
}

type Asked = OrderNow['questions'][number]

function asked({ caseId, questionId, text: question, answerBy }: Asked, { phrases, written }: Desk): Part[] {
  return [
    { kind: 'QUOTE', text: question },
    text(phrases.answerBy(written.instant(answerBy))),
    { kind: 'ANSWER_LINK', text: phrases.answerLink, caseId, questionId, until: answerBy },
  ]
}

/** What the customer has still to do: questions that are open, and what cases ask of them. */
function wantedIn(desk: Desk): Part[] {
  const { occasion, now, phrases } = desk
  if (occasion === 'ended' && now.open.length === 0)
    return now.questionOver ? [text(phrases.questionOver)] : []
  const open = now.questions.filter(({ isNew }) => !(isNew && occasion === 'question'))
  const wanted = [...new Set(wantedBy(desk))]
  return [
    ...open.flatMap((one) => [text(phrases.openQuestion), ...asked(one, desk)]),
    ...(wanted.length > 0 ? [text(phrases.wanted), ...wanted.map(text)] : []),
    ...(now.questions.length > 0 || wanted.length > 0 ? [text(phrases.answerByMail)] : []),
  ]
}

function wantedBy(desk: Desk): string[] {
  return desk.now.open.flatMap((topic) => {
    const asks = desk.texts(topic.message)?.asks
    return (asks && fill(asks, topic, desk)) || []
  })
}

/** What becomes of the order, when the customer hears again, and whether there is something to do. */
function stateOf(desk: Desk): Part[] {
  const { occasion, now, phrases, written } = desk
  const waitsForCustomer = now.questions.length > 0 || wantedBy(desk).length > 0
  const isHeld = now.stages.some(({ verdict }) => verdict === 'HOLD')
  const sentences = [
    ...(isHeld && now.hearFrom !== null ? [phrases.hearFrom(written.instant(now.hearFrom))] : []),
    ...stagesInWords(
      now.stages,
      now.cancelled,
      isAnswerAlone(desk) ? asPlanned(phrases.stages) : phrases.stages,
    ),
    ...(isHeld && !waitsForCustomer && occasion !== 'question' ? [phrases.nothingToDo] : []),
  ]
  return sentences.length === 0 ? [] : [text(sentences.join(' '))]
}

/** Of an order that never waited it is not said that it goes on now. */
const asPlanned = (words: StagesInWords): StagesInWords => ({ ...words, allGoesOn: words.goesOn })

function signatureOf({ company }: Rules['policy']): Part[] {
  if (!company) return []
  const lines = [company.name, company.phone, company.email].filter((line) => line !== '')
  return [{ kind: 'SIGNATURE', text: lines.join('\n') }]
}

function fill(template: string, topic: OpenTopic | undefined, desk: Desk): string | undefined {
  const asked = inWords(topic?.asked ?? [], desk.now.order, desk.phrases, desk.written)
  const request = oneLine(asked.map(({ label, value }) => `${label}: ${value}`).join(', '))
  const rendered = renderTemplate(template, { ...desk.data, 'request.asked': request } satisfies CustomerData)
  return 'text' in rendered ? inParagraphs(rendered.text) : undefined
}

/** Where lines of a file end says nothing; blank lines part paragraphs. */
function inParagraphs(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).map(oneLine)
  return paragraphs.filter((one) => one !== '').join('\n\n')
}

function dataOf(
  { order, orderId }: OrderNow,
  phrases: Phrases,
  written: Written,
  policy: Rules['policy'],
): Desk['data'] {
  const { customer, billing, shipping, currency, placedAt } = order
  const total = orderTotal(order)
  const data = {
    'order.id': orderId,
    'order.amount': written.amount(total, currency),
    'order.total': shownAmount(total, currency),
    'order.currency': currency,
    'order.placed': written.day(placedAt),
    'order.terms': codeInWords('billing.terms', billing.terms, phrases),
    'order.purchaseOrder': billing.purchaseOrder,
    'order.shipping.city': shipping.city,
    'order.shipping.country': codeInWords('shipping.country', shipping.country, phrases),
    'customer.name': customer.name,
    'customer.email': customer.email,
    'company.name': policy.company?.name ?? '',
  }
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, oneLine(value)]),
  ) as Desk['data']
}
