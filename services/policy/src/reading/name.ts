import { z } from 'zod'

/** The name of a role, stage, calendar, exception type or message: the same in policy and roster. */
export const nameShape = z
  .string()
  .max(60)
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'is not a name: small letters, digits and "-", such as order-manager',
  )
