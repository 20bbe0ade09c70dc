/** One of each queue in turn, so that a long queue does not keep the others waiting; the order within a queue stays. */
export function interleave<T>(queues: readonly (readonly T[])[]): T[] {
  const [only, second] = queues.filter((queue) => queue.length > 0)
  if (!second) return only ? [...only] : []
  const longest = Math.max(...queues.map((queue) => queue.length))
  const joined: T[] = []
  for (let i = 0; i < longest; i++)
    for (const queue of queues) if (i < queue.length) joined.push(queue[i] as T)
  return joined
}
