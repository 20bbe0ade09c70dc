import type { AnswerWords } from './words.ts'

/** A field of the order that the answer may change. */
export interface AnswerField {
  path: string
  label: string
  value: string
}

export interface Question {
  orderId: string
  language: string
  company: string
  text: string
  until: string
  fields: readonly AnswerField[]
  /** What was written before, when something is missing; empty at first. */
  answer: string
  /** What is wrong with what was sent; empty for nothing. */
  problem: string
}

/** The page with the question and a form. Opening it changes nothing; it needs no script. */
export function questionPage(question: Question, words: AnswerWords): string {
  const { orderId, text, until, fields, answer, problem } = question
  const alert = problem === '' ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>`
  const changes =
    fields.length === 0
      ? ''
      : `<fieldset><legend>${escaped(words.order)}</legend><p>${escaped(words.mayChange)}</p>${fields.map(fieldOf).join('')}</fieldset>`
  return layout(
    question,
    words.title(orderId),
    `<p>${escaped(words.asked)}</p>
<blockquote>${escaped(text)}</blockquote>
<p>${escaped(words.until(until))}</p>
${alert}
<form method="post">
<label for="answer">${escaped(words.yourAnswer)}</label>
<textarea id="answer" name="answer" rows="5" maxlength="2000" required>${escaped(answer)}</textarea>
${changes}
<p class="small">${escaped(words.whatFollows)}</p>
<button type="submit">${escaped(words.send)}</button>
</form>`,
  )
}

/** A page that says one thing, and what to do now. */
export function sayingPage(
  about: Pick<Question, 'language' | 'company'>,
  title: string,
  sentences: readonly string[],
): string {
  return layout(about, title, sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n'))
}

const fieldOf = ({ path, label, value }: AnswerField, index: number): string =>
  `<label for="f${index}">${escaped(label)}</label><input id="f${index}" name="${escaped(path)}" value="${escaped(value)}" maxlength="500">`

function layout(
  { language, company }: Pick<Question, 'language' | 'company'>,
  title: string,
  main: string,
): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="small">${escaped(company)}</p>
<h1>${escaped(title)}</h1>
${main}
</main>
</body>
</html>
`
}

const style = `:root{color-scheme:light dark}
body{font:1.05rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}
main{max-width:36rem;margin:0 auto}
h1{font-size:1.4rem;line-height:1.25}
blockquote{margin:1rem 0;padding:.75rem 1rem;border-left:.25rem solid #0b7285;background:rgba(11,114,133,.1);white-space:pre-wrap;overflow-wrap:anywhere}
label{display:block;margin:.9rem 0 .25rem;font-weight:600}
input,textarea{box-sizing:border-box;width:100%;font:inherit;padding:.6rem;border:1px solid #868e96;border-radius:.4rem;background:transparent;color:inherit}
fieldset{margin:1.25rem 0;padding:.25rem 1rem 1rem;border:1px solid #868e96;border-radius:.4rem}
legend{font-weight:600;padding:0 .4rem}
button{font:inherit;font-weight:600;margin-top:.5rem;padding:.75rem 1.5rem;border:0;border-radius:.4rem;background:#0b7285;color:#fff;cursor:pointer}
button:focus-visible,input:focus-visible,textarea:focus-visible{outline:3px solid #f08c00;outline-offset:2px}
.small{font-size:.9rem;opacity:.85}
.problem{padding:.75rem 1rem;border-left:.25rem solid #c92a2a;background:rgba(201,42,42,.1)}`

/** For texts and for attributes in double quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
