import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** At most one refresh in this time, however many orders flow. */
const refreshEveryMs = 1_000
/** What belongs together arrives together: so long is waited for the rest of it. */
const gatherMs = 50
/** The browser connects again by itself, unless the answer was an error. */
const connectAgainMs = 3_000

/** Listens to the desk's stream and refreshes what is on the screen. Returns whether the stream is up. */
export function useLive(): boolean {
  const client = useQueryClient()
  const [live, setLive] = useState(true)
  useEffect(() => listen(client, setLive), [client])
  return live
}

function listen(client: QueryClient, tell: (live: boolean) => void): () => void {
  const { mark, stop } = refresher(client)
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  const connect = () => {
    source = new EventSource('/api/v1/stream')
    source.onopen = () => {
      tell(true)
      // Nothing is repeated that was missed while there was no connection.
      mark([])
    }
    source.onerror = () => {
      tell(false)
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(connect, connectAgainMs)
    }
    source.addEventListener('case', ({ data }) => {
      const { caseId, orderId } = JSON.parse(data)
      mark(['cases'], ['case', caseId], ['order', orderId])
    })
    source.addEventListener('order', ({ data }) => mark(['order', JSON.parse(data).orderId]))
    source.addEventListener('roster', () => mark(['people'], ['session'], ['case'], ['cases']))
  }
  connect()
  return () => {
    source?.close()
    clearTimeout(again)
    stop()
  }
}

/** Gathers the keys of what is out of date, and refreshes those that are on the screen; the empty key is everything. */
function refresher(client: QueryClient) {
  const stale = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastAt = 0
  const refresh = () => {
    timer = undefined
    lastAt = Date.now()
    for (const key of stale) client.invalidateQueries({ queryKey: JSON.parse(key) })
    stale.clear()
  }
  return {
    mark(...keys: string[][]) {
      for (const key of keys) stale.add(JSON.stringify(key))
      timer ??= setTimeout(refresh, Math.max(gatherMs, lastAt + refreshEveryMs - Date.now()))
    },
    stop: () => clearTimeout(timer),
  }
}
