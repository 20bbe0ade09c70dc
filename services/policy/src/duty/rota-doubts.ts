import { dayMs } from '../time/dates.ts'
import { zoneOf } from '../time/zone.ts'
import type { Doubt } from './doubt.ts'
import { openHours } from './open-hours.ts'
import type { Rota, TurnRota } from './roster.ts'
import { turnsOf } from './turns.ts'

/** After so long, the turns of any number of days up to six begin on the same days of the week again. */
const lookedAtMs = 42 * dayMs

/** Turns in which the rota has no hours: whoever has them has no duty, and who was on duty before is so again. */
export function rotaDoubts(rota: Rota): Doubt[] {
  if (rota.kind !== 'turns' || rota.week.length === 0) return []
  const { lost, all } = countTurns(rota)
  if (lost === 0) return []
  return [
    {
      path: ['rotas', rota.role, 'turn'],
      message: `of ${all} turns in six weeks, ${lost} fall outside the hours of the rota and are lost`,
      hint:
        rota.turn.unit === 'day'
          ? `write turn: ${rota.turn.count} working day${rota.turn.count === 1 ? '' : 's'}, which counts only days with hours`
          : 'let each turn have hours: make turns longer, or the hours',
    },
  ]
}

function countTurns(rota: TurnRota): { lost: number; all: number } {
  const zone = zoneOf(rota.zone)
  const turns = turnsOf(rota, zone)
  const hours = openHours(rota.week, zone)
  const endMs = turns.startOf(1) + lookedAtMs
  let [lost, all] = [0, 0]
  for (let turn = 1; turns.startOf(turn) < endMs; turn++) {
    const [from, to] = [turns.startOf(turn), turns.startOf(turn + 1)]
    const starts = [from, ...hours.edges(from, to).filter((edge) => from < edge && edge < to)]
    if (!starts.some((at) => hours.isOpen(at))) lost++
    all++
  }
  return { lost, all }
}
