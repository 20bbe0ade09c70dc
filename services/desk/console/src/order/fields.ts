import type { OrderRecord } from '../api/types.ts'

export interface Field {
  path: string
  label: string
  value: string
}

/** `postalCode` → `Postal code`; `taxId` → `Tax id`. */
export function showField(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The order's fields that one of the patterns (`shipping.*`, `lines.*.quantity`, `billing.terms`) names. */
export function correctableFields(order: OrderRecord, patterns: string[]): Field[] {
  return fieldsOf(order).filter((field) => patterns.some((pattern) => matches(pattern, field.path)))
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('.')
  const parts = path.split('.')
  return (
    wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index])
  )
}

function fieldsOf(order: OrderRecord): Field[] {
  const fields: Field[] = []
  for (const [name, value] of Object.entries(order)) {
    if (name === 'lines') continue
    if (value !== null && typeof value === 'object') {
      for (const [inner, leaf] of Object.entries(value))
        fields.push(field(`${name}.${inner}`, `${showField(name)}: ${showField(inner)}`, leaf))
    } else fields.push(field(name, showField(name), value))
  }
  for (const line of order.lines) {
    for (const [name, value] of Object.entries(line)) {
      if (name !== 'lineId')
        fields.push(field(`lines.${line.lineId}.${name}`, `Line ${line.lineId}: ${showField(name)}`, value))
    }
  }
  return fields
}

const field = (path: string, label: string, value: unknown): Field => ({
  path,
  label,
  value: value === null || value === undefined ? '' : String(value),
})
