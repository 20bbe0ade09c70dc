import { Tokenizer, TokenKind } from 'liquidjs'
import { liquid, messageLiquid } from './engine.ts'
import { formerNames, messageNames } from './message-data.ts'

export interface TemplateProblem {
  /** Characters from the start of the template. */
  at: number
  message: string
  /** A name that messages do not have. */
  unknown?: string
}

/** What is wrong with a Liquid template: its form, or the names that it uses. */
export function templateProblems(template: string): TemplateProblem[] {
  return problemsOf(template, () => liquid.globalFullVariablesSync(template), [
    ...messageNames,
    ...formerNames,
  ])
}

/** The same for a text that is to be published: what has no problem here can be filled, whatever the values are. */
export function newTemplateProblems(template: string): TemplateProblem[] {
  const problems = problemsOf(template, () => messageLiquid.fullVariablesSync(template), messageNames)
  return problems.length > 0 ? problems : unnamedIn(template)
}

function problemsOf(template: string, namesIn: () => string[], known: readonly string[]): TemplateProblem[] {
  try {
    return namesIn()
      .filter((name) => !known.includes(name))
      .map((name) => ({ at: placeOf(name, template), message: whyUnknown(name), unknown: name }))
  } catch (error) {
    const { message, token } = error as Error & { token?: { begin?: number } }
    const [said = ''] = message.split(/, line:|\n/)
    return [{ at: token?.begin ?? 0, message: `the template cannot be read: ${said}` }]
  }
}

function whyUnknown(name: string): string {
  if (name.startsWith('case.')) return `"${name}" is for staff: say in your own words what is looked at`
  if ((formerNames as readonly string[]).includes(name))
    return `"${name}" is not told here: the letter says by itself until when, and what is asked`
  return `messages have no value named "${name}"`
}

/** Where a name stands first as a whole name, if it is written as Liquid tells it. */
function placeOf(name: string, template: string): number {
  for (let at = template.indexOf(name); at >= 0; at = template.indexOf(name, at + 1))
    if (!/[\w.]/.test(template.charAt(at - 1)) && !/[\w.]/.test(template.charAt(at + name.length))) return at
  return 0
}

/**
 * What no name needs and no check of names sees: a range of numbers (`1..9`) that fills any memory, and brackets
 * (`[due]`), which name what a value says.
 */
function unnamedIn(template: string): TemplateProblem[] {
  return new Tokenizer(template)
    .readTopLevelTokens()
    .filter(({ kind }) => kind === TokenKind.Tag || kind === TokenKind.Output)
    .filter((token) => /\.\.|\[/.test(token.getText().replaceAll(quoted, '')))
    .map(({ begin }) => ({ at: begin, message: 'messages have no brackets and no ranges of numbers' }))
}

const quoted = /"[^"]*"|'[^']*'/g
