import type { Policy } from '../policy.ts'
import type { Path } from '../reading/yaml-source.ts'
import type { Doubt } from './doubt.ts'
import type { Person } from './roster.ts'

/** Texts for customers that name somebody who works here: who it is by then, a customer cannot know. */
export function namedStaff({ messages }: Pick<Policy, 'messages'>, people: readonly Person[]): Doubt[] {
  return [...messages].flatMap(([message, texts]) =>
    [...texts].flatMap(([language, text]) =>
      Object.entries(text).flatMap(([part, said]) => {
        const named = people.find(({ name, email }) => says(said, name) || says(said, email))
        if (!named) return []
        return [
          {
            path: ['messages', message, language, part] as Path,
            message: `customers read the name or the address of ${named.name}`,
            hint: 'write "we", or the name of the company: {{ company.name }}',
          },
        ]
      }),
    ),
  )
}

const says = (text: string, name: string): boolean =>
  name !== '' && text.toLowerCase().includes(name.toLowerCase())
