import type { ShownOrder } from '@holdpoint/desk-contract'
import { Checkbox, Stack } from '@mantine/core'
import { useState } from 'react'
import { CorrectionFields } from './CorrectionFields.tsx'
import type { Edits } from './fields.ts'

type Props = {
  label: string
  order: ShownOrder | null
  patterns: string[]
  edits: Edits
  /** Values that the fields begin with; those of the order where none are said. */
  preset?: Edits
  onChange: (edits: Edits) => void
}

/** Fields that may be given, behind a tick; nothing where no field may be set. */
export function OptionalFields({ label, order, patterns, edits, preset = {}, onChange }: Props) {
  const [isOpen, setIsOpen] = useState(Object.keys(edits).length > 0)
  if (!order || patterns.length === 0) return null
  const tick = (checked: boolean) => {
    setIsOpen(checked)
    onChange(checked ? preset : {})
  }
  return (
    <Stack gap="xs">
      <Checkbox label={label} checked={isOpen} onChange={(event) => tick(event.currentTarget.checked)} />
      {isOpen && <CorrectionFields order={order} patterns={patterns} edits={edits} onChange={onChange} />}
    </Stack>
  )
}
