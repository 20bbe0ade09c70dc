const width = 110
const indent = '  '

/** JSON as the formatter of the repository writes it: a list of plain values on one line where it fits. */
export function jsonText(value: unknown): string {
  return `${written(value, '', 0)}\n`
}

/** `used`: characters that stand before the value on its line. */
function written(value: unknown, margin: string, used: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = margin + indent
  if (!Array.isArray(value)) {
    const lines = Object.entries(value).map(([name, one]) => {
      const head = `${inner}${JSON.stringify(name)}: `
      return head + written(one, inner, head.length)
    })
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${margin}}`
  }
  const isPlain = value.every((one) => typeof one !== 'object')
  const line = `[${value.map((one) => JSON.stringify(one)).join(', ')}]`
  if (isPlain && used + line.length < width) return line
  return `[\n${value.map((one) => inner + written(one, inner, inner.length)).join(',\n')}\n${margin}]`
}
