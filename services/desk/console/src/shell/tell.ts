import { notifications } from '@mantine/notifications'

/** Says what a decision has done. */
export function tellOutcome(title: string, outcome: string): void {
  notifications.show({ color: 'teal', title, message: outcome })
}

export function tellProblem(title: string, error: Error): void {
  notifications.show({ color: 'red', title, message: error.message })
}
