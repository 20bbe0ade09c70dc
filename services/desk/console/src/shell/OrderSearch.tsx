import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'

/** Opens an order by its number. */
export function OrderSearch({ onOpen }: { onOpen: (orderId: string) => void }) {
  const [text, setText] = useState('')
  const open = (event: FormEvent) => {
    event.preventDefault()
    const orderId = text.trim()
    if (!orderId) return
    setText('')
    onOpen(orderId)
  }
  return (
    <search style={{ flex: '0 1 13rem', minWidth: 0 }}>
      <form onSubmit={open}>
        <TextInput
          aria-label="Open an order by its number"
          placeholder="Order number"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  )
}
