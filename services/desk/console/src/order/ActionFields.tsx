import { Checkbox, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { peopleQuery } from '../api/queries.ts'
import type { ActionName, CaseDetail, OrderView } from '../api/types.ts'
import { sentence, showRole } from '../text/format.ts'
import { decidersOf } from './actions.ts'
import { CorrectionFields } from './CorrectionFields.tsx'
import { askedValues, type Draft, type Lack, settable, textOf } from './draft.ts'
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
  const people = useQuery(peopleQuery).data ?? []
  const roles = [...new Set(people.flatMap((person) => person.roles))].sort()
  return (
    <Choice
      label="Whom"
      hint="Choose whom to ask."
      {...{ to, isMissing, onChange }}
      choices={[
        { value: 'customer', label: 'The customer' },
        ...(one.requestId || one.raisedBy ? [{ value: 'requester', label: 'Who asked for it' }] : []),
        ...roles.map((role) => ({ value: role, label: sentence(showRole(role)) })),
      ]}
    />
  )
}

/** People who may decide the case, without the one who has it. */
function ToWhom({ one, to, isMissing, onChange }: ChoiceProps) {
  const people = useQuery(peopleQuery).data ?? []
  const deciders = decidersOf(one)
  const others = people.filter(
    ({ subject, roles }) =>
      subject !== one.assignee?.subject && roles.some((role) => deciders.includes(role)),
  )
  return (
    <Choice
      label="To whom"
      hint="Choose who takes the case."
      {...{ to, isMissing, onChange }}
      choices={others.map(({ subject, name }) => ({ value: subject, label: name }))}
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
