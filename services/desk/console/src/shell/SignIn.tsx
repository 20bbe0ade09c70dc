import type { Person } from '@holdpoint/desk-contract'
import { Button, Menu, Text } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { peopleQuery, sessionQuery, useSignIn, useSignOut } from '../api/queries.ts'
import { showList, showRole } from '../text/format.ts'
import { tellProblem } from './tell.ts'

/** Who is signed in, and the people to sign in as on a local set-up. */
export function SignIn() {
  const session = useQuery(sessionQuery)
  const people = useQuery(peopleQuery)
  const signIn = useSignIn()
  const signOut = useSignOut()
  const person = session.data
  const start = (subject: string) =>
    signIn.mutate(subject, { onError: (error) => tellProblem('You are not signed in', error) })
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button
          variant={person ? 'outline' : 'filled'}
          leftSection={<IconUser size={16} aria-hidden />}
          px="sm"
          // While it is not known who is signed in, nobody is asked to.
          loading={signIn.isPending || person === undefined}
          aria-label={person ? `Signed in as ${person.name} (${rolesOf(person)})` : 'Sign in'}
        >
          {person ? person.name : 'Sign in'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {people.data?.length === 0 ? 'There is nobody to sign in as yet' : 'Sign in as'}
        </Menu.Label>
        {people.data?.map((candidate) => (
          <Menu.Item
            key={candidate.subject}
            aria-current={candidate.subject === person?.subject || undefined}
            onClick={() => start(candidate.subject)}
          >
            <Text size="sm" fw={candidate.subject === person?.subject ? 700 : 400}>
              {candidate.name}
            </Text>
            <Text size="xs" c="dimmed">
              {rolesOf(candidate)}
            </Text>
          </Menu.Item>
        ))}
        {person && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => signOut.mutate()}>Sign out</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

const rolesOf = ({ roles }: Person): string => showList(roles.map(showRole))
