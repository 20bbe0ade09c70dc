import {
  type Block,
  type Broken,
  inTurn,
  misspelt,
  placeAt,
  removed,
  replaced,
  type Sample,
} from './broken-samples.ts'

type Break = (sample: Sample, block: Block, index: number) => Broken[]

/** A name behind a field, misspelt. */
const name =
  (what: string, field: RegExp): Break =>
  (sample, block) => {
    const found = field.exec(sample.text.slice(block.from, block.to))
    const [whole = '', written = ''] = found ?? []
    const wrong = misspelt(written)
    return written === '' ? [] : replaced(sample, block, [what, whole, whole.replace(written, wrong), wrong])
  }

/** Another field before `holds`. */
const added =
  (what: string, line: string, at: string): Break =>
  (sample, block) =>
    replaced(sample, block, [what, '    holds:', `    ${line}\n    holds:`, at])

const required = ['name', 'kind', 'rule', 'when', 'owner', 'answer-within', 'holds', 'customer']
const wrongTimes = [
  '2 hrs',
  '1.5 hours',
  'two hours',
  '3 weeks',
  '90 working minuts',
  '0 hours',
  '2h',
  '1 working week',
]
const wrongShares = ['75', 'half', '120 %', '0 %', '7.5 %', '75 percent']

/** Names that are misspelt in an exception type; none for a type that does not have the field. */
export const nameBreaks: Readonly<Record<string, Break>> = {
  owner: name('owner', /\n {4}owner: ([\w-]+)/),
  reviewer: name('reviewer', /\n {4}reviewers: \[([\w-]+)/),
  'who may ask': name('who may ask', /\n {4}requested-by: \[([\w-]+)/),
  'stage to hold': name('stage', /\n {4}holds: \[(\w+)/),
  'last stage to correct': name('stage', /until: (\w+)/),
  'field to correct': name('field', /fields: \[([\w.*]+?)(?:\.\*)?[\],]/),
  message: name('message', /\n {4}customer: ([\w-]+)/),
}

/** What else somebody gets wrong in an exception type. */
export const fieldBreaks: Readonly<Record<string, Break>> = {
  'name of a field': (sample, block, index) => {
    const field = inTurn(required, index)
    return replaced(sample, block, [
      `the field ${field}`,
      `\n    ${field}:`,
      `\n    ${misspelt(field)}:`,
      misspelt(field),
    ])
  },
  backup: added('backup', 'backup: controlelr', 'controlelr'),
  'stage that a no stops': added('stage that a no stops', 'stops: [shiping]', 'shiping'),
  'next level': added('next level', 'escalate: [{ after: 1 hour, to: order-manger }]', 'order-manger'),
  'time of a level': added('time of a level', 'escalate: [{ after: 1 hr, to: order-manager }]', '1 hr'),
  'time to answer': (sample, block, index) =>
    replaced(sample, block, ['time', /(?<=answer-within: ).*/, inTurn(wrongTimes, index)]),
  reminder: (sample, block, index) => {
    const share = inTurn(wrongShares, index)
    return added('reminder', `remind-at: ${share}`, share)(withoutReminder(sample), block, index)
  },
  'missing field': (sample, block, index) => {
    const field = inTurn(required, index)
    return removed(sample, block, [field, new RegExp(`(?<=\\n) {4}${field}: .*\\n( {6}.*\\n)*`)])
  },
  'field twice': (sample, block, index) => {
    const line = new RegExp(` {4}${inTurn(required, index + 3)}: .*\\n( {6}.*\\n)*`)
    const [whole = ''] = line.exec(sample.text.slice(block.from, block.to)) ?? []
    const [broken] = replaced(sample, block, ['field twice', line, whole + whole])
    const at = sample.text.indexOf(whole, block.from) + whole.length + 4
    return broken ? [{ ...broken, ...placeAt(broken.text, at) }] : []
  },
  YAML: (sample, block, index) => {
    const sign = inTurn(['&a ', '!a ', '\t'], index)
    return replaced(sample, block, ['YAML', /(?<=\n {4}kind: )/, sign])
  },
  reference: (sample, block) => replaced(sample, block, ['reference', /(?<=\n {4}kind: ).*/, '*kind']),
}

/** The one type with a reminder would have two. */
function withoutReminder(sample: Sample): Sample {
  return {
    ...sample,
    text: sample.text.replace(/ {4}remind-at: .*\n/, (line) => `${' '.repeat(line.length - 1)}\n`),
  }
}
