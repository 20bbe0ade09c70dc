import type { ActionName, CaseDetail, OrderView } from '@holdpoint/desk-contract'
import { Checkbox, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { sentence, showRole } from '../text/format.ts'
import { CorrectionFields } from './CorrectionFields.tsx'
import { askedValues, type Draft, type Lack, settable, takes, textOf } from './draft.ts'
import { OptionalFields } from './OptionalFields.tsx'
import { tellStages } from './stops.ts'

type Props = {
  action: ActionName
  one: CaseDetail
  /** The order as the person saw it. */
  seen: OrderView
  draft: Draft
  missing: Lack
  onChange: (part: Partial<Draft>) => void
}

/** What an action needs besides its reason. */
export function ActionFields({ action, one, seen, draft, missing, onChange }: Props) {
  const patterns = settable(one, seen)
  const fields = { order: seen.order, patterns, edits: draft.edits }
  const change = (edits: Draft['edits']) => onChange({ edits })
  const isMissing = missing === 'to'
  switch (action) {
    case 'correct':
      return (
        <>
          {fields.order && <CorrectionFields {...fields} order={fields.order} onChange={change} />}
          {missing === 'change' && (
            <Text role="alert" c="red.9" size="sm">
              Change at least one value first.
            </Text>
          )}
        </>
      )
    case 'approve':
      return (
        <OptionalFields
          {...fields}
          label="Grant other values than were asked for"
          preset={askedValues(one)}
          onChange={change}
        />
      )
    case 'answer':
      return <OptionalFields {...fields} label="The answer changes the order" onChange={change} />
    case 'ask':
      return (
        <>
          <Whom one={one} to={draft.to} isMissing={isMissing} onChange={(to) => onChange({ to })} />
          <TextInput
            label="Time to answer"
            description="Such as 2 hours or 1 working day; without one, as long as the case itself has."
            maxLength={60}
            value={draft.within}
            onChange={(event) => onChange({ within: event.currentTarget.value })}
          />
        </>
      )
    case 'reassign':
      return <ToWhom one={one} to={draft.to} isMissing={isMissing} onChange={(to) => onChange({ to })} />
    case 'stop':
      return (
        <Checkbox
          label={`The whole order: ${tellStages(one.stops.wholeOrder)}, and its other open cases end`}
          checked={draft.wholeOrder}
          onChange={(event) => onChange({ wholeOrder: event.currentTarget.checked })}
        />
      )
    default:
      return null
  }
}

type ChoiceProps = { one: CaseDetail; to: string; isMissing: boolean; onChange: (to: string) => void }

/** The customer, who asked for it or raised it, or a role. */
function Whom({ one, to, isMissing, onChange }: ChoiceProps) {
  return (
    <Choice
      label="Whom"
      hint="Choose whom to ask."
      {...{ to, isMissing, onChange }}
      choices={one.askable.map((value) => ({ value, label: askedNames[value] ?? sentence(showRole(value)) }))}
    />
  )
}

const askedNames: Record<string, string> = { customer: 'The customer', requester: 'Who asked for it' }

/** People who may decide the case, without the one who has it. */
function ToWhom({ one, to, isMissing, onChange }: ChoiceProps) {
  return (
    <Choice
      label="To whom"
      hint="Choose who takes the case."
      {...{ to, isMissing, onChange }}
      choices={one.takers.map(({ subject, name }) => ({ value: subject, label: name }))}
    />
  )
}

function Choice(props: {
  label: string
  hint: string
  choices: { value: string; label: string }[]
  to: string
  isMissing: boolean
  onChange: (to: string) => void
}) {
  const { label, hint, choices, to, isMissing, onChange } = props
  return (
    <NativeSelect
      label={label}
      withAsterisk
      error={isMissing && to === '' ? hint : undefined}
      value={to}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: '' }, ...choices]}
    />
  )
}

/** The reason, the question, the answer or the note; nothing for an action that needs none. */
export function ReasonField(props: {
  action: ActionName
  isMissing: boolean
  reason: string
  onChange: (reason: string) => void
}) {
  const { action, isMissing, reason, onChange } = props
  const text = textOf(action)
  if (!text) return null
  return (
    <Textarea
      label={text.label}
      description={text.about}
      autosize
      minRows={2}
      maxLength={4_000}
      withAsterisk
      error={isMissing && !reason.trim() ? text.missing : undefined}
      value={reason}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** What the customer reads of a decision, besides what the policy says; nothing for what is no decision. */
export function CustomerField(props: {
  action: ActionName
  words: string
  onChange: (words: string) => void
}) {
  const { action, words, onChange } = props
  if (!takes(action, 'forCustomer')) return null
  return (
    <Textarea
      label="Words for the customer"
      description="Only if you want to add some: they stand in the next letter as you write them. The reason stays in the house."
      autosize
      minRows={1}
      maxLength={1_000}
      value={words}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
