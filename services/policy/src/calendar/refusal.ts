/** What is wrong with a text that is no time, and what to write when it can only mean one thing. */
export function refusalOf(text: string): { problem: string; hint: string } {
  const shown = `"${text.slice(0, 60)}"`
  const loose = text.slice(0, 60).trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const { amount, working, unit } = partsOf(loose)
  if (/\b(week|fortnight|month|quarter|year)s?\b/.test(loose))
    return {
      problem: `${shown}: there are no weeks, months or years here`,
      hint: 'their length is not the same for everybody: write days, such as 14 days or 10 working days',
    }
  if (/\b(s|secs?|seconds?)\b/.test(loose))
    return { problem: `${shown}: there are no seconds here`, hint: 'write 1 minute or more' }
  if (/\d ?[.,/] ?\d|\bhalf\b|[½¼¾]/.test(loose))
    return { problem: `${shown} has a fraction`, hint: withoutFraction(amount, working, unit) }
  if (/^-|^0+\b/.test(loose)) return { problem: `${shown} is no time`, hint: 'write 1 minute or more' }
  const count = counts[amount] ?? Number(amount)
  const isMeant = unit !== undefined && count > 0 && count < 1_000_000
  return {
    problem: `${shown} is not a time`,
    hint: isMeant ? `write ${inWords(count, working, unit)}` : forms,
  }
}

const forms = 'write 30 minutes, 2 hours, 3 days, 90 working minutes, 2 working hours or 1 working day'

type Unit = 'minute' | 'hour' | 'day'

/** The pieces of "2hrs", "two business days", "1,5 h". */
function partsOf(loose: string): { amount: string; working: boolean; unit: Unit | undefined } {
  const [, amount = '', working, unit = ''] =
    /^([\d.,]+|[a-z]+)[ -]?(?:(working|work|business|office|open)[ -]?)?([a-z]+)\.?$/.exec(loose) ?? []
  return {
    amount,
    working: working !== undefined,
    unit: Object.hasOwn(units, unit) ? units[unit] : undefined,
  }
}

/** "m" is left out: it could be months. */
const units: Record<string, Unit> = {
  ...{ min: 'minute', mins: 'minute', minute: 'minute', minutes: 'minute' },
  ...{ h: 'hour', hr: 'hour', hrs: 'hour', hour: 'hour', hours: 'hour' },
  ...{ d: 'day', day: 'day', days: 'day' },
}

const counts: Record<string, number | undefined> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5 },
  ...{ six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
}

/** The same time in whole minutes or hours; a working day has no length that could be divided. */
function withoutFraction(amount: string, working: boolean, unit: Unit | undefined): string {
  if (unit === 'day' && working) return 'write whole working days, or working hours'
  const smaller = Number(amount.replace(',', '.')) * (unit === 'day' ? 24 : 60)
  if (unit === undefined || unit === 'minute' || !(Number.isInteger(smaller) && smaller > 0))
    return 'write a whole number of a smaller unit, such as 90 minutes instead of 1.5 hours'
  return `write ${inWords(smaller, working, unit === 'day' ? 'hour' : 'minute')}`
}

const inWords = (count: number, working: boolean, unit: Unit): string =>
  `${count}${working ? ' working' : ''} ${unit}${count === 1 ? '' : 's'}`
