import { z } from 'zod'
import { nameShape } from '../reading/name.ts'
import { readClock } from './read-hours.ts'
import { staffOccasions } from './roster.ts'

/** Somebody who is named elsewhere than under `people`; that there is such a person is part of the meaning. */
const mention = z.string().min(1, 'is empty').max(200)

const hoursOfDay = z.union([z.string().max(60), z.array(z.string().max(60)).min(1, 'is empty').max(24)], {
  error: 'is neither hours such as "09:00-17:00" nor a list of them',
})

const subject = z.string().min(1, 'is empty').max(100).regex(/^\S*$/, 'has blanks in it')

export const personShape = z.strictObject({
  subject,
  name: z.string().trim().min(1, 'is empty').max(200),
  email: z
    .string()
    .max(254)
    .regex(/^([^\s@]+@[^\s@]+)?$/, 'is not an e-mail address')
    .optional(),
  roles: z.array(nameShape).max(50),
  notify: z
    .strictObject({
      mail: z.boolean().optional(),
      not: z.array(z.enum(staffOccasions)).max(staffOccasions.length).optional(),
      quiet: z.boolean().optional(),
      digest: z
        .string()
        .refine((text) => readClock(text) !== undefined, 'is no time of day, such as "09:00"')
        .optional(),
    })
    .optional(),
})

export const shiftShape = z.strictObject({ person: mention, from: z.string(), to: z.string() })

/** A rota has turns or shifts; which fields it then needs is part of the meaning. */
export const rotaShape = z.strictObject({
  zone: z.string().optional(),
  'hand-over': z.string().optional(),
  turn: z.string().optional(),
  starts: z.string().optional(),
  people: z.array(mention).min(1, 'is empty').max(200).optional(),
  hours: z.record(z.string().max(60), hoursOfDay).optional(),
  shifts: z.array(shiftShape).min(1, 'is empty').max(5_000).optional(),
})

export const absenceShape = z.strictObject({
  person: mention,
  from: z.string(),
  to: z.string(),
  substitute: mention.optional(),
})

export const overrideShape = z.strictObject({
  role: nameShape,
  from: z.string(),
  to: z.string(),
  add: mention.optional(),
  remove: mention.optional(),
  replace: z.record(mention, mention).optional(),
})

/** The fields of a roster file, without what they mean together. */
export const rosterShape = z.strictObject({
  zone: z.string().optional(),
  people: z.array(personShape).min(1, 'is empty').max(2_000),
  rotas: z.record(nameShape, rotaShape).optional(),
  absences: z.array(absenceShape).max(5_000).optional(),
  overrides: z.array(overrideShape).max(5_000).optional(),
  channels: z
    .record(nameShape, z.strictObject({ chat: nameShape.optional(), webhook: nameShape.optional() }))
    .optional(),
})

export type PersonShape = z.infer<typeof personShape>
export type RotaShape = z.infer<typeof rotaShape>
export type ShiftShape = z.infer<typeof shiftShape>
export type AbsenceShape = z.infer<typeof absenceShape>
export type OverrideShape = z.infer<typeof overrideShape>
export type RosterShape = z.infer<typeof rosterShape>
