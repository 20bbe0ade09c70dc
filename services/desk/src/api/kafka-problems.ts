import { Problem } from './problem.ts'

/** Nothing was promised: the caller may send the same again. */
export function kafkaAway(): Problem {
  return new Problem(
    503,
    'KAFKA_AWAY',
    'Kafka or the schema registry cannot be reached. Nothing was changed; try again in a moment.',
  )
}

export function kafkaUnknown(): Problem {
  return new Problem(
    503,
    'PUBLISH_UNKNOWN',
    'Kafka did not say whether it took this. Look whether it shows; an action may be sent again with the same Idempotency-Key.',
  )
}

export function notCaughtUp(): Problem {
  return new Problem(
    503,
    'NOT_READY',
    'The desk is still reading what was published before. Try again in a moment.',
  )
}

/** What is not there may only not be read yet, as long as the desk is reading. */
export function whileReading(problem: Problem, caughtUp: () => boolean): Problem {
  return problem.status === 404 && problem.code !== 'NO_SUCH_PATH' && !caughtUp() ? notCaughtUp() : problem
}
