import type { Action, Instant, Order, PathValue } from '@holdpoint/schemas'
import type { Policy } from '../policy.ts'
import { composeLetter } from './compose-letter.ts'
import { houseZoneOf } from './house-zone.ts'
import { languages } from './languages/index.ts'
import type { Letter, OrderNow } from './order-now.ts'
import type { Ending, Occasion } from './phrases.ts'

export interface Preview {
  /** Message of the policy. */
  message: string
  /** When it is sent, in words. */
  when: string
  letter: Letter
}

const hour = 3_600_000

/**
 * Every letter that a policy's messages can become, in each language, for one order: what customers will read, before any of
 * them does. `order`: with the customer's own language and country replaced by those of each letter.
 */
export function previews(
  policy: Policy,
  order: Order,
  { orderId, now }: { orderId: string; now: Instant },
): Preview[] {
  const messages = [...new Set([...policy.types.values()].map(({ customer }) => customer))].filter(
    (name) => name !== '',
  )
  return messages.flatMap((message) =>
    [...languages.keys()].flatMap((language) =>
      occasionsOf(message, policy).map(({ when, occasion, about }) => {
        const speaking = { ...order, customer: { ...order.customer, language } }
        const nothing = {
          open: [],
          ended: [],
          questions: [],
          questionOver: false,
          cancelled: false,
          hearFrom: null,
          brokenPromise: null,
        }
        const state: OrderNow = { orderId, order: speaking, stages: [], ...nothing, ...about(now) }
        return {
          message,
          when,
          letter: composeLetter(occasion, state, { policy, houseZone: houseZoneOf(policy) }),
        }
      }),
    ),
  )
}

interface Case {
  when: string
  occasion: Occasion
  about: (now: Instant) => Partial<OrderNow>
}

/** What a case of the first type with the message does to the stages, from its opening to each of its ends. */
function occasionsOf(message: string, { types, stages }: Policy): Case[] {
  const ofIt = [...types.values()].filter(({ customer }) => customer === message)
  const [type] = ofIt
  const holds = type?.holds ?? []
  const allows = (action: Action) => ofIt.some(({ actions }) => actions.includes(action))
  const all = (held: string, other: string) =>
    stages.map((stage) => ({
      stage,
      verdict: (holds.includes(stage) ? held : other) as 'HOLD' | 'PROCEED' | 'STOP',
      state: 'WAITING' as const,
    }))
  const open = [{ message, asked: [] as PathValue[] }]
  const ended = (ending: Ending) => [{ ...open[0], message, asked: [], ending, changed: [], forCustomer: '' }]
  const held = { open, stages: all('HOLD', 'PROCEED') }
  const question = { caseId: 'C-0000000000', questionId: 'N-0000000000', text: '…', isNew: true }
  const end = (ending: Ending, stopped = false): Case => ({
    when: `when it is ${ending}`,
    occasion: 'ended',
    about: () => ({
      ended: ended(ending),
      stages: stopped ? all('STOP', 'STOP') : all('PROCEED', 'PROCEED'),
    }),
  })
  return [
    { when: 'when it opens', occasion: 'held', about: (now) => ({ ...held, hearFrom: now + 4 * hour }) },
    {
      when: 'when the customer is asked something',
      occasion: 'question',
      about: (now) => ({ ...held, questions: [{ ...question, answerBy: now + 24 * hour }] }),
    },
    { when: 'when they have heard nothing for long', occasion: 'silence', about: () => held },
    {
      when: 'when a promise could not be kept',
      occasion: 'silence',
      about: (now) => ({ ...held, brokenPromise: now }),
    },
    ...(allows('APPROVE') ? [end('approved')] : []),
    ...(allows('REJECT') ? [end('rejected', type?.basis !== 'REQUEST')] : []),
    ...(allows('CORRECT') ? [end('corrected')] : []),
    ...(allows('STOP') ? [end('stopped', true)] : []),
    end('settled'),
  ]
}
