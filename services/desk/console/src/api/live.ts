import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** At most one refresh of the lists in this time, however many orders flow. */
const refreshEveryMs = 1_000

/** Listens to the desk's stream and refreshes what is on the screen. Returns whether the stream is up. */
export function useLive(): boolean {
  const client = useQueryClient()
  const [live, setLive] = useState(true)
  useEffect(() => {
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      for (const key of stale) client.invalidateQueries({ queryKey: key.split('|') })
      stale.clear()
    }
    const mark = (...keys: string[]) => {
      for (const key of keys) stale.add(key)
      timer ??= setTimeout(refresh, refreshEveryMs)
    }
    const source = new EventSource('/api/v1/stream')
    source.onopen = () => {
      setLive(true)
      mark('cases', 'case', 'order')
    }
    source.onerror = () => setLive(false)
    source.addEventListener('case', (event) => {
      const { caseId, orderId } = JSON.parse(event.data)
      mark('cases', `case|${caseId}`, `order|${orderId}`)
    })
    source.addEventListener('order', (event) => mark(`order|${JSON.parse(event.data).orderId}`))
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [client])
  return live
}
