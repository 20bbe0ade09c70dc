import { Button, Menu, Text } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { peopleQuery, sessionQuery, useSignIn, useSignOut } from '../api/queries.ts'
import { showRole } from '../text/format.ts'

/** Who is signed in, and the sample people to sign in as on a local set-up. */
export function SignIn() {
  const session = useQuery(sessionQuery)
  const people = useQuery(peopleQuery)
  const signIn = useSignIn()
  const signOut = useSignOut()
  const person = session.data
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <Button variant={person ? 'light' : 'filled'} leftSection={<IconUser size={16} aria-hidden />}>
          {person ? person.name : 'Sign in'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Sample people of this local desk</Menu.Label>
        {people.data?.map((candidate) => (
          <Menu.Item key={candidate.subject} onClick={() => signIn.mutate(candidate.subject)}>
            <Text size="sm" fw={candidate.subject === person?.subject ? 700 : 400}>
              {candidate.name}
            </Text>
            <Text size="xs" c="dimmed">
              {candidate.roles.map(showRole).join(', ')}
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
