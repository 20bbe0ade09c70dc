import { SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Correction, OrderRecord } from '../api/types.ts'
import { correctableFields } from './fields.ts'

type Props = { order: OrderRecord; patterns: string[]; onChange: (corrections: Correction[]) => void }

/** One input for each field that the case's type lets people correct; only changed ones become corrections. */
export function CorrectionFields({ order, patterns, onChange }: Props) {
  const [fields] = useState(() => correctableFields(order, patterns))
  const [values, setValues] = useState(() => new Map(fields.map((field) => [field.path, field.value])))
  const change = (path: string, value: string) => {
    const next = new Map(values).set(path, value)
    setValues(next)
    onChange(
      fields
        .filter((field) => next.get(field.path) !== field.value)
        .map((field) => ({ path: field.path, expected: field.value, value: next.get(field.path) ?? '' })),
    )
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
      {fields.map((field) => (
        <TextInput
          key={field.path}
          label={field.label}
          description={
            values.get(field.path) === field.value ? undefined : `was: ${field.value || '(empty)'}`
          }
          value={values.get(field.path) ?? ''}
          onChange={(event) => change(field.path, event.currentTarget.value)}
        />
      ))}
    </SimpleGrid>
  )
}
