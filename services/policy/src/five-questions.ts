import { readWithin } from './calendar/index.ts'
import { readCondition } from './condition/condition.ts'
import { vocabularyOf } from './condition/vocabulary.ts'
import { ladderOf } from './reading/ladder.ts'
import type { ExceptionShape } from './reading/shape.ts'
import type { SoundParts } from './reading/sound-parts.ts'
import { actionsOf } from './reading/to-policy.ts'

export interface Answer {
  yes: boolean
  /** Why, in a few words. */
  why: string
}

/** What one exception type answers to the five questions that the product is judged by. */
export interface FiveAnswers {
  type: string
  name: string
  /** Does one role own it, with a deadline and somebody behind it? */
  owner: Answer
  /** Does it have a clear trigger? */
  trigger: Answer
  /** Can what is wrong be settled inside? */
  fix: Answer
  /** Is it visible who did what and why? */
  trail: Answer
  /** Is the customer told? */
  customer: Answer
}

/** Each type of the file, also of one with errors. A "no" is always an error too, so that it cannot be published. */
export function fiveQuestions(parts: SoundParts): FiveAnswers[] {
  return Object.entries(parts.exceptions).map(([type, one]) => ({
    type,
    name: one.name ?? type,
    owner: ownerAnswer(one, parts),
    trigger: triggerAnswer(one, parts),
    fix: fixAnswer(one),
    trail: yes('every action with who, when and why'),
    customer: customerAnswer(one, parts),
  }))
}

const yes = (why: string): Answer => ({ yes: true, why })
const no = (why: string): Answer => ({ yes: false, why })

type Exception = Partial<ExceptionShape>

function ownerAnswer(one: Exception, parts: SoundParts): Answer {
  const { owner, 'answer-within': within } = one
  const { roles = {}, 'order-owner': orderOwner } = parts
  if (owner === undefined) return no('no single role owns it')
  if (!Object.hasOwn(roles, owner)) return no(`there is no role ${owner}`)
  if (within === undefined || 'problem' in readWithin(within)) return no('it has no deadline')
  const levels = ladderOf(one, parts).map(({ to }) => to)
  const [backup] = levels
  if (backup === undefined) return no(`nobody stands in for ${owner}`)
  const unknown = levels.find((level) => !Object.hasOwn(roles, level))
  if (unknown !== undefined) return no(`there is no role ${unknown}`)
  if (backup === owner) return no('owner and backup are the same role')
  if (orderOwner === undefined || ![owner, ...levels].includes(orderOwner))
    return no('the ladder does not end with the order owner')
  return yes(`${owner} within ${within}, then ${levels.join(', then ')}`)
}

function triggerAnswer({ rule, when }: Exception, parts: SoundParts): Answer {
  if (rule === undefined) return no('no sentence says when it opens')
  if (when === undefined) return no('no condition says when it opens')
  if (!parts.stages || 'problems' in readCondition(when, vocabularyOf(parts)))
    return no('its condition has errors')
  return yes(rule)
}

function fixAnswer({ kind, actions, 'may-correct': mayCorrect }: Exception): Answer {
  if (kind === undefined) return no('it does not say of which kind it is')
  const allowed = actionsOf({ kind, actions })
  if (!allowed.includes('correct')) {
    const others = allowed.filter((action) => action !== 'stop')
    return others.length > 0
      ? yes(
          `${others.join(' or ')} here${mayCorrect ? `, also with other ${mayCorrect.fields.join(', ')}` : ''}`,
        )
      : no('nobody can do anything but stop the order')
  }
  if (!mayCorrect) return no('it does not say which fields may be corrected')
  return yes(`correct ${mayCorrect.fields.join(', ')} here until ${mayCorrect.until} starts`)
}

function customerAnswer({ customer }: Exception, { messages = {} }: SoundParts): Answer {
  if (customer === undefined) return no('no message for the customer')
  if (!Object.hasOwn(messages, customer)) return no(`there is no message ${customer}`)
  const texts = messages[customer]
  if (!texts) return no(`the message ${customer} has errors`)
  return yes(`${customer} (${Object.keys(texts).join(', ')})`)
}
