/** What is wrong with a text as YAML, so many characters from its start. */
export interface YamlProblem {
  at: number
  message: string
  hint: string
}

type Words = Omit<YamlProblem, 'at'>

const useBlanks = 'use blanks: tabs look different everywhere'

export const tab: Words = { message: 'there is a tab', hint: useBlanks }

export const nameTwice: Words = { message: 'this name is there twice', hint: 'keep one of them' }

export const prototypeName: Words = {
  message: '"__proto__" cannot be a name',
  hint: 'use another name',
}

export const tag: Words = {
  message: 'a value cannot begin with !',
  hint: "put the whole value in single quotes: '!cancelled'",
}

/** Told once for all of them: a file that is made to grow without end has thousands. */
export function references(count: number): Words {
  return {
    message: `anchors (&) and references (*) are not allowed${count > 1 ? `: there are ${count}` : ''}`,
    hint: 'write the value out, or put it whole in single quotes',
  }
}

/** `what` is what the file is: a policy. */
export function nestedTooDeep(what: string): Words {
  return { message: 'the file is nested too deeply', hint: `a ${what} has seven levels at most` }
}

export function secondDocument(what: string): Words {
  return { message: 'there is a second document', hint: `one ${what} a file: leave "---" out` }
}

/** What the library says, with what to write instead. */
export function fromLibrary(code: string, message: string): Words {
  const [first = ''] = message.split('\n')
  return {
    message: first.charAt(0).toLowerCase() + first.slice(1),
    hint: hints[code] ?? 'the text cannot be read as YAML here',
  }
}

const hints: Record<string, string> = {
  TAB_AS_INDENT: useBlanks,
  UNEXPECTED_TOKEN:
    'a text that begins with a quote has to be put whole in single quotes: \'"D" in lines.skus\'',
  BAD_INDENT: 'what belongs together starts in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it has to be put in quotes',
  MULTILINE_IMPLICIT_KEY: 'a name is followed by ":" on the same line',
  NON_STRING_KEY: 'a name is plain text',
}
