import { suggest } from '../reading/did-you-mean.ts'
import type { Roster } from './roster.ts'

/** A role in which roster and policy do not fit together. */
export interface RosterProblem {
  role: string
  what: 'nobody-has-role' | 'rota-without-role' | 'channel-without-role'
  message: string
  hint: string
}

/** Roles of the policy that nobody has, and rotas for roles that the policy does not have. */
export function rosterProblems(roster: Roster, policyRoles: Iterable<string>): RosterProblem[] {
  const wanted = [...new Set(policyRoles)]
  const given = new Set(roster.people.flatMap(({ roles }) => roles))
  const unstaffed = wanted.filter((role) => !given.has(role)).map((role) => nobodyHas(role, [...given]))
  const unknown = roster.rotas.filter(({ role }) => !wanted.includes(role))
  const silent = [...roster.channels.keys()].filter((role) => !wanted.includes(role))
  return [
    ...unstaffed,
    ...unknown.map(({ role }) => rotaWithout(role, wanted)),
    ...silent.map((role) => channelWithout(role, wanted)),
  ]
}

function channelWithout(role: string, wanted: readonly string[]): RosterProblem {
  const message = `there is a channel for "${role}", a role that the policy does not have`
  return { role, what: 'channel-without-role', message, hint: suggest(role, wanted) }
}

function nobodyHas(role: string, given: readonly string[]): RosterProblem {
  const message = `nobody has the role "${role}" of the policy`
  const hint = `add ${role} to the roles of somebody: ${suggest(role, given)}`
  return { role, what: 'nobody-has-role', message, hint }
}

function rotaWithout(role: string, wanted: readonly string[]): RosterProblem {
  const message = `there is a rota for "${role}", a role that the policy does not have`
  return { role, what: 'rota-without-role', message, hint: suggest(role, wanted) }
}
