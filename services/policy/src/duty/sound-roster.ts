import type { z } from 'zod'
import { fieldsOf, type Sound, soundFields } from '../reading/sound-fields.ts'
import {
  type AbsenceShape,
  absenceShape,
  type OverrideShape,
  overrideShape,
  type PersonShape,
  personShape,
  type RotaShape,
  rosterShape,
  rotaShape,
  type ShiftShape,
  shiftShape,
} from './roster-shape.ts'

/** The fields of a roster file that fit by themselves. Their meaning can be checked although others are wrong. */
export interface SoundRoster {
  zone?: string
  people: SoundPerson[]
  rotas: Record<string, SoundRota>
  absences: SoundAbsence[]
  overrides: SoundOverride[]
  channels: Record<string, unknown>
}

export type SoundPerson = Partial<PersonShape>
export type SoundAbsence = Partial<AbsenceShape>
export type SoundShift = Partial<ShiftShape>
export type SoundRota = Partial<Omit<RotaShape, 'shifts'>> & { shifts: SoundShift[] } & Written
export type SoundOverride = Partial<OverrideShape> & Written

/** Names of all the fields that are there, sound or not. */
interface Written {
  written: string[]
}

export function soundRoster(value: unknown): SoundRoster {
  const { people, rotas, absences, overrides, channels } = fieldsOf(value)
  return {
    channels: fieldsOf(channels),
    ...soundFields({ zone: rosterShape.shape.zone }, value),
    people: soundList(personShape.shape, people),
    rotas: Object.fromEntries(Object.entries(fieldsOf(rotas)).map(([role, rota]) => [role, soundRota(rota)])),
    absences: soundList(absenceShape.shape, absences),
    overrides: listOf(overrides).map(soundOverride),
  }
}

function soundRota(value: unknown): SoundRota {
  const { shifts: _, ...others } = rotaShape.shape
  const { shifts } = fieldsOf(value)
  return {
    ...soundFields(others, value),
    shifts: soundList(shiftShape.shape, shifts),
    written: Object.keys(fieldsOf(value)),
  }
}

function soundOverride(value: unknown): SoundOverride {
  return { ...soundFields(overrideShape.shape, value), written: Object.keys(fieldsOf(value)) }
}

function soundList<Shape extends Record<string, z.ZodType>>(shape: Shape, value: unknown): Sound<Shape>[] {
  return listOf(value).map((one) => soundFields(shape, one))
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
