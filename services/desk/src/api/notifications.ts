import { Notification } from '@holdpoint/desk-contract'
import { z } from 'zod'
import { listNotifications } from '../read/notifications.ts'
import type { DeskParts } from './desk-parts.ts'
import { pageQuery } from './page-query.ts'
import { type Operation, operation } from './route.ts'

export function notificationOperations({ database }: DeskParts): Operation[] {
  return [
    operation({
      id: 'listNotifications',
      method: 'get',
      path: '/notifications',
      summary: 'What the person who is signed in was told, newest first, whatever was mailed to them.',
      access: 'signedIn',
      query: pageQuery,
      answers: {
        200: {
          about: 'One page.',
          body: z.object({
            notifications: z.array(Notification),
            next: z.string().nullable(),
            total: z.int(),
          }),
        },
      },
      handle: async ({ query, person }) => {
        const { items, next, total } = await listNotifications(database, person?.subject ?? '', query)
        return { status: 200, body: { notifications: items, next, total } }
      },
    }),
  ]
}
