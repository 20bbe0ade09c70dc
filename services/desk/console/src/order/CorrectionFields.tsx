import type { ShownOrder } from '@holdpoint/desk-contract'
import { NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { showCount } from '../text/format.ts'
import { correctableFields, type Edits, type Field, showValue, suspiciousFirst } from './fields.ts'

const mostShown = 24

type Props = { order: ShownOrder; patterns: string[]; edits: Edits; onChange: (edits: Edits) => void }

/** One input for each field that the case's type lets people correct. */
export function CorrectionFields({ order, patterns, edits, onChange }: Props) {
  const [wanted, setWanted] = useState('')
  const fields = suspiciousFirst(correctableFields(order, patterns))
  const found = fields.filter((field) => field.label.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <Stack gap="xs">
      {fields.length > mostShown && (
        <TextInput
          label="Find a field"
          description={`${showCount(found.length, 'field')}; empty ones and zeros come first.`}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {found.slice(0, mostShown).map((field) => (
          <CorrectionField
            key={field.path}
            field={field}
            value={edits[field.path] ?? field.value}
            onChange={(value) => onChange({ ...edits, [field.path]: value })}
          />
        ))}
      </SimpleGrid>
      {found.length > mostShown && (
        <Text size="sm" c="dimmed">
          {showCount(found.length - mostShown, 'more field')}: type a part of the name to find them.
        </Text>
      )}
    </Stack>
  )
}

function CorrectionField(props: { field: Field; value: string; onChange: (value: string) => void }) {
  const { field, value, onChange } = props
  const shared = {
    label: field.label,
    description: value === field.value ? undefined : `was: ${showValue(field.value)}`,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  }
  if (!field.isFlag) return <TextInput {...shared} />
  return (
    <NativeSelect
      {...shared}
      data={[
        { value: 'true', label: 'yes' },
        { value: 'false', label: 'no' },
      ]}
    />
  )
}
