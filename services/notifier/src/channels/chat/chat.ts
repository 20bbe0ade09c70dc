import type { Call } from '../../targets/calls.ts'
import type { Sender } from '../port.ts'
import { slackBody } from './slack.ts'
import { teamsBody } from './teams.ts'

/** Messages to rooms of a chat, by the incoming webhooks of Slack and Teams. */
export function chatSender(call: Call): Sender {
  return {
    idOf: () => '',
    send: (message) =>
      call(message.to, ['slack', 'teams'], ({ kind }) => ({
        body: JSON.stringify(kind === 'slack' ? slackBody(message) : teamsBody(message)),
        headers: {},
      })),
    stop: () => {},
  }
}
