import { type Block, type Broken, misspelt, replaced, type Sample } from './broken-samples.ts'

/** What somebody gets wrong in the condition of an exception type. */
export const conditionBreaks: Readonly<Record<string, (sample: Sample, block: Block) => Broken[]>> = {
  'unknown name': (sample, block) => {
    const [path = ''] =
      /\b(order|lines|request|stages)\.[\w.]*\w|\bcancelled\b/.exec(conditionIn(sample, block)) ?? []
    const last = path.split('.').at(-1) ?? ''
    const wrong = path.slice(0, path.length - last.length) + misspelt(last)
    return path === ''
      ? []
      : replaced(sample, fromCondition(sample, block), ['unknown name', path, wrong, misspelt(last)])
  },
  'text compared with a number': (sample, block) =>
    appended(sample, block, 'lines.total == "5"', 'lines.total == "5"'),
  'unknown function': (sample, block) => appended(sample, block, 'sizes(lines.skus) > 1', 'sizes'),
  'number of values': (sample, block) => appended(sample, block, 'size(lines.skus, 1) > 1', 'size'),
  'unclosed quote': (sample, block) => appended(sample, block, 'order.channel == "web', '"web'),
  'one equals sign': (sample, block) => appended(sample, block, 'order.channel = "web"', '= "web"'),
  'unknown calendar': (sample, block) =>
    appended(sample, block, 'isOpen("offcie", order.placedAt)', '"offcie"'),
  'number of dates': (sample, block) => appended(sample, block, 'days(event.occurredAt) > 1', 'days(event'),
  'a state that there is not': (sample, block) =>
    appended(sample, block, 'stages.shipping == "begun"', '"begun"'),
  'no condition': (sample, block) =>
    replaced(sample, fromCondition(sample, block), ['condition', conditionIn(sample, block), 'lines.total']),
}

/** The condition as it is written, without the quotes around it. */
function conditionIn({ text }: Sample, { from, to }: Block): string {
  const [, folded, quoted, plain] =
    /\n {4}when: (?:>-\n {6}(.*(?:\n {6}.*)*)|'(.*)'|(.*))/.exec(text.slice(from, to)) ?? []
  return folded ?? quoted ?? plain ?? ''
}

/** The block from its condition on: its name may be a word of the condition. */
function fromCondition({ text }: Sample, block: Block): Block {
  return { ...block, from: text.indexOf('\n    when:', block.from) }
}

function appended(sample: Sample, block: Block, more: string, at: string): Broken[] {
  const condition = conditionIn(sample, block)
  return replaced(sample, fromCondition(sample, block), [at, condition, `${condition} && ${more}`, at])
}
