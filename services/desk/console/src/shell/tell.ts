import { notifications } from '@mantine/notifications'

/** Says what a decision has done; false while the answer is not there yet. */
export function tellOutcome(title: string, outcome: string | false): void {
  notifications.show(
    outcome
      ? { color: 'teal', title, message: outcome }
      : { color: 'blue', title, message: 'Taken. The outcome appears here as soon as it is there.' },
  )
}

export function tellProblem(title: string, error: Error): void {
  notifications.show({ color: 'red', title, message: error.message })
}
