import { ForgetBody, Forgotten } from '@holdpoint/desk-contract'
import { actorOf } from '../sign-in/roles.ts'
import type { ForgetAnswer } from '../write/forgets.ts'
import type { DeskParts } from './desk-parts.ts'
import { kafkaAway, kafkaUnknown, notCaughtUp } from './kafka-problems.ts'
import { requireOrderOwner } from './order-owner.ts'
import { Problem } from './problem.ts'
import { type Answer, type Operation, operation } from './route.ts'

export function forgetOperations(parts: DeskParts): Operation[] {
  return [
    operation({
      id: 'forgetCustomer',
      method: 'post',
      path: '/forgets',
      summary:
        'Forgets a customer: what is personal of their orders is erased here, and closed in the trail. It cannot be undone.',
      access: 'signedIn',
      body: ForgetBody,
      answers: { 200: { about: 'The orders that are forgotten, or would be.', body: Forgotten } },
      problems: {
        403: 'Signed in without the role of the order owner.',
        404: 'No order of that customer is known that is not forgotten yet.',
        409: 'An order of the customer has an open case.',
        503: 'Kafka is away; nothing was sent.',
      },
      handle: async ({ body, person }) => {
        const owner = await requireOrderOwner(parts, person, {
          code: 'MAY_NOT_FORGET',
          what: 'Forgetting a customer',
        })
        return answerOf(await parts.forget({ ...body, by: actorOf(owner) }))
      },
    }),
  ]
}

function answerOf(answer: ForgetAnswer): Answer {
  switch (answer.kind) {
    case 'forgotten':
    case 'wouldForget':
      return { status: 200, body: { orders: answer.orders, erased: answer.erased } }
    case 'underWay':
      throw new Problem(
        409,
        'CASES_OPEN',
        `Somebody still decides about ${answer.orders.join(', ')}. Close these cases first; nothing was forgotten.`,
      )
    case 'none':
      throw new Problem(
        404,
        'UNKNOWN_CUSTOMER',
        'No order of that customer is known here that is not forgotten yet. Name older orders by their ids.',
      )
    case 'notReady':
      throw notCaughtUp()
    case 'away':
      throw kafkaAway()
    case 'unknown':
      throw kafkaUnknown()
    default:
      return answer satisfies never
  }
}
