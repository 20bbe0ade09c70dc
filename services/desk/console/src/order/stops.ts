import type { ActionName, ListedCase, Stops } from '@holdpoint/desk-contract'
import { sentence, showList } from '../text/format.ts'

/** Actions that keep an order from going on. */
export type StoppingAction = 'reject' | 'stop'

export const isStopping = (action: ActionName): action is StoppingAction =>
  action === 'reject' || action === 'stop'

export const stagesOf = (action: StoppingAction, stops: Stops, wholeOrder = false): string[] =>
  action === 'reject' ? stops.reject : wholeOrder ? stops.wholeOrder : stops.stop

/** `invoicing and shipping stop`; `invoicing stops`; `nothing stops`. */
export const tellStages = (stages: readonly string[]): string =>
  stages.length === 0 ? 'nothing stops' : `${showList(stages)} ${stages.length === 1 ? 'stops' : 'stop'}`

/** What a no does to the stages of the order, said before it is said. */
export function describeStop(
  action: StoppingAction,
  { stops, requestId = '' }: Pick<ListedCase, 'stops'> & { requestId?: string },
  wholeOrder = false,
): string {
  const stages = stagesOf(action, stops, wholeOrder)
  if (action === 'reject')
    return stages.length === 0
      ? 'The order stays as it was; nothing stops.'
      : `${sentence(tellStages(stages))} until these values change: the order may not go on as it is.`
  const wish = requestId === '' ? '' : ', and what was asked for is not done'
  return `${sentence(tellStages(stages))}${wish}.`
}
